"""People across reports: which names of several reports are one person or body.

A judgement from names alone, made the same whatever the order of the reports: full names first, joined where
`same_name` holds and no report
has both apart; then lone surnames, which follow a full name only where all reports know just one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twosource.account import AccountPerson
from twosource.article import stable_id
from twosource.extract.gazetteer import bodies, places
from twosource.extract.wordlists import names, roles
from twosource.extract.words import plain
from twosource.facts import Person, PersonKind
from twosource.judgements import NONE, Judgements
from twosource.lang import ENGLISH
from twosource.report import Report
from twosource.resolve.cast import initials
from twosource.resolve.names import one_person, parse_name, same_name, skeleton

COMPARED = 40
"""Clusters under one sound of a name that a name is compared with: bounds the work on lists of names."""

AROUND = 60
"""Code points on each side of a mention that copies of one text have in common and two reports have not."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """The people of an account, and from (article id, person id in its report) to the account person's id."""

    people: tuple[AccountPerson, ...]
    of: Mapping[Key, str]


@dataclass(eq=False, slots=True)
class _Cluster:
    kind: PersonKind
    members: list[tuple[Report, Person]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    gender: str = ""

    def take(self, report: Report, person: Person) -> None:
        self.members.append((report, person))
        self.forms.append(person.name)

    @property
    def articles(self) -> set[str]:
        return {report.id for report, _ in self.members}


def unify_people(reports: Sequence[Report], judged: Judgements = NONE) -> People:
    """Join the people of several reports, and those that somebody ``judged`` to be one; part those judged not to be.

    Ids depend on kind and name alone; places are left out unless they speak.
    """
    found = [
        (report, person)
        for report in sorted(reports, key=lambda r: (r.id, r.article.sha256))
        for person in report.people
    ]
    clusters = _judged([*_persons(found), *_bodies(found), *_described(found)], judged)
    named = _named(clusters)
    of = {(report.id, person.id): named[id(c)] for c in clusters for report, person in c.members}
    people = [_account_person(c, named[id(c)], of) for c in clusters]
    return People(tuple(sorted(people, key=lambda p: (p.kind, plain(p.name), p.id))), of)


def _judged(clusters: list[_Cluster], judged: Judgements) -> list[_Cluster]:
    """The clusters after what people judged of pairs of names."""
    for pair in judged.same_people:
        clusters = _joined(clusters, {plain(name) for name in pair})
    for pair in judged.other_people:
        clusters = _parted(clusters, *map(plain, pair))
    return clusters


def _joined(clusters: Sequence[_Cluster], names: set[str]) -> list[_Cluster]:
    """Make the clusters with a form of ``names`` one, of the kind of the fullest."""
    one = [c for c in clusters if names & {plain(form) for form in c.forms}]
    if len(one) < 2:
        return list(clusters)
    whole = _Cluster(max(one, key=lambda c: (len(c.members), c.kind)).kind)
    for report, person in (member for cluster in one for member in cluster.members):
        whole.take(report, person)
    return [*(c for c in clusters if not any(c is other for other in one)), whole]


def _parted(clusters: Sequence[_Cluster], name: str, other: str) -> list[_Cluster]:
    """Take those called ``other`` out of each cluster that has ``name`` too."""
    parted: list[_Cluster] = []
    for cluster in clusters:
        forms = {plain(form) for form in cluster.forms}
        if not {name, other} <= forms or name == other:
            parted.append(cluster)
            continue
        for apart in (False, True):
            some = _Cluster(cluster.kind)
            for report, person in cluster.members:
                if (plain(person.name) == other) is apart:
                    some.take(report, person)
            parted.append(some)
    return parted


def _named(clusters: Sequence[_Cluster]) -> dict[int, str]:
    """Ids from kind and canonical name; equal names of different people are told apart by their order of articles."""
    taken: Counter[tuple[str, str]] = Counter()
    ids: dict[int, str] = {}
    for cluster in sorted(
        clusters, key=lambda c: (c.kind, plain(_display(c)), sorted((r.id, p.id) for r, p in c.members))
    ):
        key = (cluster.kind, plain(_display(cluster)))
        ids[id(cluster)] = stable_id("p", *key, *([taken[key]] if taken[key] else []))
        taken[key] += 1
    return ids


def canonical(forms: Sequence[str]) -> str:
    """Return the fullest form: most parts, then the longest, then the most frequent, then the first by letters."""
    counts = Counter(forms)
    return max(counts, key=lambda f: (min(4, len(f.split())), not f.isupper(), len(f), counts[f], [-ord(c) for c in f]))


def _display(cluster: _Cluster) -> str:
    """A person's commonest full name over the reports, of equals the one reported first; anyone else's fullest form."""
    full = [(r, p.name) for r, p in cluster.members if " " in p.name and not p.name.isupper()]
    if cluster.kind != "person" or not full:
        return canonical(cluster.forms)
    counts = Counter(name for _, name in full)
    first = {name: min(_reported(r) for r, n in full if n == name) for name in counts}
    return min(counts, key=lambda name: (-counts[name], first[name], name))


def _reported(report: Report) -> tuple[str, str, str]:
    """The order of reports in time, undated ones last."""
    article = report.article
    return article.published or "9999", report.id, article.sha256


def _account_person(cluster: _Cluster, own: str, of: Mapping[Key, str]) -> AccountPerson:
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    roles: Counter[str] = Counter()
    speaks_for: set[str] = set()
    for report, person in cluster.members:
        forms[report.id] += Counter(" ".join(s.of(report.article.text).split()) for s in person.mentions) or Counter(
            [person.name]
        )
        roles += Counter(person.roles)
        if person.speaks_for and (report.id, person.speaks_for) in of:
            speaks_for.add(of[report.id, person.speaks_for])
    return AccountPerson(
        id=own, name=_display(cluster), kind=cluster.kind,
        roles=tuple(sorted(roles, key=lambda r: (-roles[r], r))),
        forms={a: tuple(sorted(c, key=lambda f: (-c[f], f))) for a, c in sorted(forms.items())},
        speaks_for=min(speaks_for, default=None),
    )  # fmt: skip


def _persons(found: Sequence[tuple[Report, Person]]) -> list[_Cluster]:
    people = [(r, p) for r, p in found if p.kind == "person"]
    people.sort(key=lambda t: (-len(parse_name(t[1].name).parts), plain(t[1].name), t[0].id, t[1].id))
    clusters: list[_Cluster] = []
    by_sound: dict[str, list[_Cluster]] = defaultdict(list)
    lone: list[tuple[Report, Person]] = []
    for report, person in people:
        name = parse_name(person.name)
        if len(name.parts) < 2:
            lone.append((report, person))
            continue
        cluster = _best(report, person, by_sound[skeleton(name.surname)]) or _best(
            report, person, by_sound[skeleton(name.parts[0])]
        )
        if cluster is None:
            cluster = _Cluster("person")
            clusters.append(cluster)
            for part in {skeleton(name.surname), skeleton(name.parts[0])}:
                by_sound[part].append(cluster)
        cluster.take(report, person)
    return clusters + _lone(lone, by_sound)


def _best(report: Report, person: Person, clusters: Sequence[_Cluster]) -> _Cluster | None:
    """The cluster whose forms are most like the name, none of whose members its own report tells apart from it."""
    scored = [
        (max(same_name(form, person.name) for form in forms), -i, c)
        for i, c in enumerate(clusters[:COMPARED])
        if report.id not in c.articles
        and (forms := {form for form in c.forms if len(form.split()) > 1 and one_person(form, person.name)})
    ]
    return max(scored, key=lambda t: t[:2])[2] if scored else None


def _lone(lone: Sequence[tuple[Report, Person]], by_sound: Mapping[str, list[_Cluster]]) -> list[_Cluster]:
    """Lone names follow the only full name of that sound that their report does not have already."""
    left: dict[str, _Cluster] = {}
    for report, person in lone:
        sound = skeleton(parse_name(person.name).surname)
        fitting = [c for c in by_sound.get(sound, [])[:COMPARED] if report.id not in c.articles]
        if len(fitting) > 1:
            fitting = _by_gender(person, fitting)
        if len(fitting) == 1:
            fitting[0].take(report, person)
        else:
            left.setdefault(sound, _Cluster("person")).take(report, person)
    return list(left.values())


def _by_gender(person: Person, clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Those whose given name agrees with the gender that the lone name's titles tell."""
    known = names(ENGLISH)
    told = {known.honorifics.get(w.strip("."), "") for role in person.roles for w in plain(role).split()} - {""}
    return [c for c in clusters if {known.gender.get(parse_name(f).parts[0], "") for f in c.forms} & told]


def _bodies(found: Sequence[tuple[Report, Person]]) -> list[_Cluster]:
    """Bodies by name, by the list of known ones, and by the first letters of a name some report spells out."""
    people = sorted(
        ((r, p) for r, p in found if p.kind == "organisation"), key=lambda t: (plain(t[1].name), t[0].id, t[1].id)
    )
    spelled = {initials(p.name): body_key(p.name) for _, p in people if len(p.name.split()) > 1}
    clusters: dict[str, _Cluster] = {}
    for report, person in people:
        key = body_key(person.name)
        bare = key.replace(".", "")
        key = spelled.get(bare, key) if person.name.replace(".", "").isupper() and bare not in clusters else key
        clusters.setdefault(key, _Cluster("organisation")).take(report, person)
    return list(_without_country(clusters).values())


def _without_country(clusters: dict[str, _Cluster]) -> dict[str, _Cluster]:
    """Join "health ministry" with "Varnian health ministry" where the reports know only one, and none has both."""
    longer: dict[str, list[str]] = defaultdict(list)
    for key in clusters:
        rest = key.partition(" ")[2]
        if " " in rest:
            longer[rest].append(key)
    kept = dict(clusters)
    for key, found in longer.items():
        short = clusters.get(key)
        if short is None or len(found) > 1 or not _sort_of_body(key):
            continue
        whole = clusters[found[0]]
        if not short.articles & whole.articles:
            for report, person in short.members:
                whole.take(report, person)
            del kept[key]
    return kept


def _sort_of_body(key: str) -> bool:
    """The name ends in a noun for bodies ("health ministry"), so that what stands before may be its country."""
    return key.rpartition(" ")[2] in roles(ENGLISH).bodies


def body_key(name: str) -> str:
    """Return the name under which a body is known: plain, without article, the full name of a known one, a country by
    its name in front ("government of Varn", "Varnian government" and "Varn's government" are one).
    """
    bare = plain(name).removeprefix("the ").replace("'s", "").replace("-", " ")
    known = bodies(ENGLISH).known.get(bare)
    if known:
        return known.name
    country = places(ENGLISH).country
    head, of, whole = bare.partition(" of ")
    whole = whole.removeprefix("the ")
    turned = f"{whole} {head}" if of and whole in country else bare
    first, _, rest = turned.partition(" ")
    return f"{country[first]} {rest}" if rest and first in country else turned


def _described(found: Sequence[tuple[Report, Person]]) -> list[_Cluster]:
    """Groups, documents and unnamed sources: one where reports use the same words, and at least two of them, or where
    they are copies there.
    """
    clusters: dict[tuple[str, ...], _Cluster] = {}
    for report, person in sorted(found, key=lambda t: (t[1].kind, plain(t[1].name), t[0].id, t[1].id)):
        if person.kind in {"person", "organisation"}:
            continue
        own = person.kind == "anonymous" and len(person.name.split()) < 2
        key = (person.kind, plain(person.name).removeprefix("the "), _around(report, person) if own else "")
        clusters.setdefault(key, _Cluster(person.kind)).take(report, person)
    return list(clusters.values())


def _around(report: Report, person: Person) -> str:
    """The words around somebody's first mention, which copies of one text share; the report's id without a mention."""
    if not person.mentions:
        return report.id
    first = min(person.mentions)
    return plain(report.article.text[max(0, first.start - AROUND) : first.end + AROUND])
