#!/usr/bin/env python3
"""Who a membership is of: the city, whatever body speaks for it."""
import hashlib
import json
import unittest

from harness import Case

# language, text, subjects in order; "+": the gazetteer knows the place.
ROWS = [
    ("en", "Dunedin City Council has joined Eurocities.", ["+Dunedin"]),
    ("en", "Orvalham Borough Council has joined Eurocities.", ["Orvalham"]),
    ("en", "Kirklees Council has joined Eurocities.", ["+Kirklees"]),
    ("en", "The Arts Council has joined Eurocities.", ["Arts Council"]),
    ("en", "Brighton and Hove City Council joined Eurocities.", ["+Brighton and Hove"]),
    ("en", "Bournemouth, Christchurch and Poole Council joined Eurocities.",
     ["Bournemouth, Christchurch and Poole"]),
    ("en", "Port of Spain, Trinidad and Tobago, joined Eurocities.", ["+Port of Spain"]),
    ("en", "The Port of Sines has joined Eurocities.", ["Port of Sines"]),
    ("en", "St Colman's National School has joined Eurocities.", ["St Colman's National School"]),
    ("en", "Marks & Spencer joined Eurocities.", ["Marks & Spencer"]),
    ("en", "Eurocities has 200 members. None was expelled.", []),
    ("en", "The World Health Organization has joined Eurocities.", []),
    ("fr", "La mairie de Toulouse a rejoint Eurocities.", ["+Toulouse"]),
    ("fr", "Le conseil municipal de Sainte-Orve-la-Belle a rejoint Eurocities.", ["Sainte-Orve-la-Belle"]),
    ("fr", "Le lycée Jean-Moulin de Béziers a rejoint Eurocities.", ["lycée Jean-Moulin de Béziers"]),
    ("es", "El Ayuntamiento de Alcoy se ha unido a Eurocities.", ["+Alcoy"]),
    ("es", "El puerto de Valparaíso se ha unido a Eurocities.", ["puerto de Valparaíso"]),
    ("pt", "A Prefeitura de Paraty aderiu à Eurocities.", ["+Paraty"]),
    ("it", "L'istituto comprensivo di Fiesole ha aderito a Eurocities.", ["istituto comprensivo di Fiesole"]),
    ("it", "L'istituto comprensivo \"Rita Levi\" di Fiesole ha aderito a Eurocities.",
     ["istituto comprensivo \"Rita Levi\" di Fiesole"]),
    ("it", "Il Liceo \"Galilei\" di Carpi ha aderito a Eurocities.", ["Liceo \"Galilei\" di Carpi"]),
    ("fr", "La Brasserie du Lac SA a rejoint Eurocities.", ["Brasserie du Lac SA"]),
    ("fr", "Rennes a rejoint Eurocities. Liège a rejoint Eurocities.", ["+Rennes", "+Liège"]),
    ("it", "La giunta di Carpi ha aderito a Eurocities.", ["+Carpi"]),
    ("de", "Der Gemeinderat von Eichstätt ist Eurocities beigetreten.", ["+Eichstätt"]),
    ("de", "Die Stadtverwaltung Eichstätt ist Eurocities beigetreten.", ["+Eichstätt"]),
]


def document(number, language, text):
    data = text.encode("utf-8")
    return json.dumps({
        "v": 1, "kind": "document", "id": "%032x" % number, "text_sha256": hashlib.sha256(data).hexdigest(),
        "page": "sha256:" + "0" * 64, "body": "sha256:" + "0" * 64, "parser": "1-0", "url": "https://a.example/",
        "source": "a", "language": language, "text": text,
        "blocks": [{"at": [0, len(data)], "type": "paragraph", "zone": "body"}]})


class Subjects(Case):
    small = False

    def test_of_each_language(self):
        lines = [document(i, row[0], row[1]) for i, row in enumerate(ROWS)]
        self.dateline("extract", "--flat", stdin="\n".join(lines).encode("utf-8"))
        found = {}
        for claim in self.lines():
            if claim["kind"] == "membership":
                mark = "+" if claim["subject_id"] else ""
                found.setdefault(int(claim["document"], 16), []).append(mark + claim["subject"])
        for number, (_, text, subjects) in enumerate(ROWS):
            with self.subTest(text=text):
                self.assertEqual(found.get(number, []), subjects)

    def claims_of(self, html):
        page = self.write("a.html", '<!doctype html><html lang="en"><head><title>Two isles to sign</title></head><body>'
                          + html + "</body></html>")
        self.dateline("extract", "--flat", page)
        return self.lines()

    def test_the_name_of_the_site_is_not_what_a_release_is_about(self):
        claims = self.claims_of("""
<header><a href="/">Highlands and Islands Regional Partnership</a></header><nav><ul><li>News</li></ul></nav>
<article><h1>Two isles to sign in Kirkwall</h1>
<p>Shetland Islands Council will adhere to the Covenant of Mayors on 14 May 2016, at a ceremony in Kirkwall that all are
welcome to attend, whatever the weather.</p>
<p>To date it has gathered 6,820 signatories in 54 countries, and those who have signed must publish what they did.</p>
</article>""")
        self.assertEqual([(c["count"], c["network"]) for c in claims if c["kind"] == "network_total"],
                         [(6820, "covenant-of-mayors")])

    def test_names_in_front_of_the_heading_are_a_menu(self):
        claims = self.claims_of("""
<p>IslesToday.example</p><ul><li>Aberdeen</li><li>Inverness</li><li>Kirkwall</li></ul>
<h1>Nine isles in the Covenant of Mayors</h1>
<p>Nine councils have joined the Covenant of Mayors, at a ceremony in Kirkwall that all were welcome to attend.</p>
<p>Here is the list of the signatories:</p><ul><li>Lerwick</li><li>Stornoway</li><li>Tobermory</li></ul>""")
        self.assertEqual(sorted(c["subject"] for c in claims if c["rule"].startswith("list.") and c["subject"]),
                         ["Lerwick", "Stornoway", "Tobermory"])


if __name__ == "__main__":
    unittest.main()
