#!/usr/bin/env python3
"""dateline gazetteer: places compiled from the files that GeoNames gives."""
import hashlib
import json
import unittest

from harness import Case

CITY = "{id}\t{name}\t{name}\tSetstad,Zettchen\t{lat}\t{lon}\tP\t{code}\t{country}\t\t{admin1}\t\t\t\t{people}\t\t9\tEurope/Paris\t2024-01-01\n"
NAME = "{n}\t{id}\t{language}\t{name}\t\t\t{colloquial}\t\t\t\n"
COUNTRY = "ZZ\tZZZ\t999\tZZ\tZedland\tZedville\t1\t20000\tEU\t.zz\tZED\tZed\t1\t\t\tzz\t900\t\t\n"


class Geonames(Case):
    def setUp(self):
        super().setUp()
        self.files = {
            "cities500.txt":
                CITY.format(id=901, name="Zedville", lat=1.5, lon=2.5, code="PPLC", country="ZZ", admin1="01", people=9000)
                + CITY.format(id=902, name="Oldzed", lat=1, lon=2, code="PPLH", country="ZZ", admin1="01", people=0),
            "admin1CodesASCII.txt": "ZZ.01\tUpper Zed\tUpper Zed\t903\nAD.06\tSant Julià\tSant Julia\t904\n",
            "admin2Codes.txt": "ZZ.01.001\tZed Valley\tZed Valley\t905\n",
            "countryInfo.txt": "# ISO ...\n" + COUNTRY,
            "alternateNamesV2.txt": "".join(
                NAME.format(n=i, id=place, language=language, name=name, colloquial=colloquial)
                for i, (place, language, name, colloquial) in enumerate([
                    (901, "de", "Zettstadt", ""), (901, "fi", "Setkaupunki", ""), (901, "de", "Zettchen", "1"),
                    (901, "link", "https://zed.example", ""), (903, "fr", "Haute-Zède", ""),
                    (900, "it", "Zedonia", ""), (12345, "de", "Nirgends", "")]))}
        for name, text in self.files.items():
            self.write("geonames/" + name, text)

    def lookup(self, name, status=0):
        self.dateline("gazetteer", "lookup", "--json", "--gazetteer", "places.bin", name, status=status)
        return [m["value"] for line in self.lines() for m in line]

    def test_build(self):
        self.dateline("gazetteer", "build", "geonames", "places.bin")
        for name, ident, country in [("Zedville", "geonames:901", "ZZ"), ("Zettstadt", "geonames:901", "ZZ"),
                                     ("Setkaupunki", "geonames:901", "ZZ"), ("Upper Zed", "adm1:ZZ.01", "ZZ"),
                                     ("Haute-Zède", "adm1:ZZ.01", "ZZ"), ("Zed Valley", "geonames:905", "ZZ"),
                                     ("Zedonia", "iso:ZZ", "ZZ"), ("Zedland", "iso:ZZ", "ZZ")]:
            with self.subTest(name=name):
                self.assertIn((ident, country), [(p["id"], p["country"]) for p in self.lookup(name)])
        for name in ("Oldzed", "Zettchen", "Setstad", "Nirgends", "https://zed.example"):
            with self.subTest(name=name):
                self.lookup(name, status=1)
        self.dateline("gazetteer", "sources", "--gazetteer", "places.bin")
        for name, text in self.files.items():
            self.assertIn("%s sha256:%s\n" % (name, hashlib.sha256(text.encode()).hexdigest()), self.out)
        self.assertIn("stopnames.tsv sha256:", self.out)
        (self.dir / "geonames/alternateNamesV2.txt").unlink()
        self.dateline("gazetteer", "build", "geonames", "places.bin")
        self.assertEqual([p["id"] for p in self.lookup("Setstad")], ["geonames:901"])

    def test_what_is_wrong(self):
        self.dateline("gazetteer", "build", self.dir, "places.bin", status=1)
        self.assertIn("neither places.tsv nor cities500.txt", self.err)
        self.write("geonames/cities500.txt", self.files["cities500.txt"].replace("\tZZ\t", "\tzed\t", 1))
        self.dateline("gazetteer", "build", "geonames", "places.bin", status=2)
        self.assertIn('cities500.txt:1: country "zed", wanted two capitals', self.err)


if __name__ == "__main__":
    unittest.main()
