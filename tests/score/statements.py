"""When two statements, one of the gold and one claimed, say the same.

The rules by kind are told at the head of score.py.
"""

import functools

from goldfile import STATUS_CLASS, fold

VOICE = ("title", "header", "body")
POLAR_KINDS = ("membership", "cohort", "network_total", "member_list",
               "exclusivity", "event")

# Shared evidence of fewer words proves nothing, unless it is all there is.
MIN_SHARED_WORDS = 3

# Words which many networks share; alone they name none of them.
NETWORK_NOISE = set("the of for and a in s network global international world "
                    "worldwide association organization organisation "
                    "movement cities city towns town".split())
NETWORK_BODIES = {"unesco", "who", "un", "eu", "european"}

PLACE_BEFORE = (
    "the ", "city of ", "town of ", "ville de ", "commune de ", "stadt ",
    "gemeinde ", "ciudad de ", "ayuntamiento de ", "municipio de ",
    "cidade de ", "prefeitura de ", "citta di ", "comune di ",
)
PLACE_AFTER = (" city council", " town council", " council", " city")
SCOPE_NOISE = set("the of in and a city cities town towns ville villes stadt "
                  "stadte ciudad ciudades cidade cidades citta state".split())
NO_SCOPE = {"", "excluding the subject", "world", "worldwide", "global"}
TITLES = set("mr mrs ms mme dr prof professor cllr coun councillor dipl ing "
             "rector".split())


@functools.cache
def place(name):
    """A place's or organisation's name without what is often left out."""
    name = fold(name)
    for before in PLACE_BEFORE:
        if name.startswith(before):
            name = name[len(before):]
    for after in PLACE_AFTER:
        if name.endswith(after):
            name = name[:-len(after)]
    return name


@functools.cache
def network_words(name):
    """The words that tell a network from others."""
    return frozenset(fold(name).split()) - NETWORK_NOISE


def same_network(a, b):
    """True if two sets of network_words name one network.

    One may say less than the other ("Cittaslow"), but not only whose it is.
    """
    if not a or not b:
        return a == b
    return a == b or (a < b and bool(a - NETWORK_BODIES)) \
        or (b < a and bool(b - NETWORK_BODIES))


def same_scope(a, b):
    """True if two scopes share a word; "Serbia" and "Serbian" are one word."""
    a, b = fold(a), fold(b)
    a, b = ("" if s in NO_SCOPE else s for s in (a, b))
    if not a or not b:
        return a == b
    return any(x == y or (min(len(x), len(y)) >= 4 and x[:4] == y[:4])
               for x in set(a.split()) - SCOPE_NOISE
               for y in set(b.split()) - SCOPE_NOISE)


def share_words(a, b):
    return bool(set(fold(a).split()) & set(fold(b).split()))


def overlaps(a, b):
    """True if two texts share a run of words, or one contains the other."""
    a, b = fold(a).split(), fold(b).split()
    want = min(MIN_SHARED_WORDS, len(a), len(b))
    if want == 0:
        return False
    runs = {tuple(a[i:i + want]) for i in range(len(a) - want + 1)}
    return any(tuple(b[i:i + want]) in runs for i in range(len(b) - want + 1))


class Statement:
    """A gold fact, one reading of it, or a claim, made comparable."""

    def __init__(self, raw, network_names=None):
        self.raw = raw
        self.kind = raw["kind"]
        self.polarity = raw.get("polarity") or "asserted"
        self.zone = raw.get("zone") or "body"
        self.subject = place(raw.get("subject"))
        name = raw.get("network_name") or raw.get("network")
        self.names_of_networks = network_names or {}
        # A claim's id is a name as well: "cittaslow", "climate-alliance".
        self.networks = [network_words(n) for n in
                         [name, *self.names_of_networks.get(name, [])]]
        if raw.get("network_name") and raw.get("network"):
            self.networks.append(network_words(raw["network"]))
        self.status = raw.get("status")
        self.status_class = STATUS_CLASS.get(self.status)
        self.count = raw.get("count")
        self.ordinal = raw.get("ordinal")
        self.countries = raw.get("countries")
        self.date = raw.get("date")
        self.bound = raw.get("bound") or raw.get("count_qualifier")
        self.names = {place(m.get("name") if isinstance(m, dict) else m)
                      for m in raw.get("members") or []}
        self.person = set(fold(raw.get("person")).split()) - TITLES

    def get(self, key):
        return self.raw.get(key)


def share_network(g, c):
    """True if two statements name one network, by whichever of its names."""
    return any(same_network(a, b) for a in g.networks for b in c.networks)


def same_membership(g, c):
    return g.subject == c.subject and share_network(g, c) \
        and g.status_class == c.status_class


def same_cohort(g, c):
    return g.count == c.count and share_network(g, c) and (
        g.countries is None or c.countries is None
        or g.countries == c.countries)


def same_total(g, c):
    return same_cohort(g, c) and same_scope(g.get("scope"), c.get("scope"))


def same_list(g, c):
    return share_network(g, c) and (
        bool(g.names & c.names) or not (g.names or c.names))


def same_exclusivity(g, c):
    def value(s):
        return s.ordinal if s.count is None else s.count
    return value(g) == value(c) and g.subject == c.subject \
        and same_scope(g.get("scope"), c.get("scope")) \
        and (not any(c.networks) or share_network(g, c))


def same_event(g, c):
    if g.ordinal is not None and c.ordinal is not None:
        return g.ordinal == c.ordinal
    if g.date and c.date:
        return g.date.split("/")[0] == c.date.split("/")[0]
    return bool(g.get("place")) and \
        place(g.get("place")) == place(c.get("place"))


def same_person(g, c):
    return bool(g.person) and bool(c.person) and (
        g.person <= c.person or c.person <= g.person)


def same_launch(g, c):
    if g.date and c.date and g.date != c.date:
        return False
    return share_network(g, c) or (
        bool(c.subject) and network_words(c.subject) in g.networks)


def same_honour(g, c):
    if g.subject != c.subject:
        return False
    if g.get("organisation") and c.get("organisation"):
        return share_words(g.get("organisation"), c.get("organisation"))
    return not (any(g.networks) and any(c.networks)) or share_network(g, c)


def same_partners(g, c):
    return g.count == c.count


SAME = {
    "membership": same_membership, "cohort": same_cohort,
    "network_total": same_total, "member_list": same_list,
    "exclusivity": same_exclusivity, "event": same_event,
    "office_holder": same_person, "programme_launch": same_launch,
    "nomination": same_honour, "award": same_honour,
    "partner_count": same_partners,
}


def says_same(g, c, any_polarity=False):
    """Does the claim c say what the gold reading g says?"""
    if g.kind != c.kind or (g.zone in VOICE) != (c.zone in VOICE) or \
            (g.zone not in VOICE and g.zone != c.zone):
        return False
    if not any_polarity and g.kind in POLAR_KINDS and g.polarity != c.polarity:
        return False
    return SAME[g.kind](g, c)


class Proposition:
    """Gold facts of one document that say the same, and the claims for it."""

    def __init__(self):
        self.facts = []
        self.readings = []
        self.claims = []

    def add(self, fact):
        raw = {k: v for k, v in fact.raw.items() if k != "also"}
        self.facts.append(fact)
        self.readings.append(fact)
        for other in fact.get("also") or []:
            self.readings.append(Statement({**raw, **other},
                                           fact.names_of_networks))

    @property
    def first(self):
        return self.facts[0]

    @property
    def optional(self):
        return all(f.get("optional") for f in self.facts)

    def matches(self, claim, any_polarity=False):
        return any(says_same(r, claim, any_polarity) for r in self.readings)

    def values(self, key):
        """The values which facts and readings allow for a key."""
        return {r.get(key) for r in self.readings if r.get(key) is not None}

    def required(self, key):
        return any(f.get(key) is not None for f in self.facts)


def verdict(prop, key, said):
    """right, wrong, missing, invented, or None where there is nothing to say.

    `said` is the set of values that the claims give: each must be allowed.
    """
    allowed = prop.values(key)
    if not said:
        return "missing" if prop.required(key) else None
    if said <= allowed:
        return "right"
    return "wrong" if prop.required(key) or allowed else "invented"
