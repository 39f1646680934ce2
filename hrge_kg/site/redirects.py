"""From the IRI of a thing to its page, for hosts that serve files and for Apache.

An IRI with a hash needs none: a browser asks for what is before the hash, and that page has a place
for each name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from ..namespaces import BASE
from .addresses import PAGE, Addresses, relative

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{label}</title>
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
<meta name="robots" content="noindex">
</head>
<body>
<main><h1>{label}</h1><p>This is at <a href="{target}">{target}</a>.</p></main>
</body>
</html>
"""
_TYPES = (("ttl", "text/turtle"), ("jsonld", "application/ld+json"))


def redirect_files(addresses: Addresses, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The path and text of each file that leads from IRIs to pages.

    `places` are the addresses of things that are shown in the page of another thing.
    """
    targets = {**places, **addresses.paths}
    yield "redirects.csv", _table(targets)
    yield ".htaccess", "\n".join(_rules(addresses)) + "\n"
    for iri, target in sorted(targets.items()):
        local = iri.removeprefix(BASE)
        if "#" not in local and re.fullmatch(r"[\w./-]+", local):
            here = local + PAGE
            yield here, _PAGE.format(label=escape(local), target=escape(relative(target, here)))


def _table(targets: Mapping[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("iri", "page"))
    writer.writerows(sorted(targets.items()))
    return out.getvalue()


def _rules(addresses: Addresses) -> Iterator[str]:
    """Rules of mod_rewrite: what asks for data gets data, everything else the page."""
    yield "# From IRIs to pages and data. (Apache, mod_rewrite)"
    yield "RewriteEngine On"
    yield "AddType text/turtle .ttl"
    yield "AddType application/ld+json .jsonld"
    for start, folder in sorted(_starts(addresses).items()):
        for ending, kind in _TYPES:
            yield f"RewriteCond %{{HTTP_ACCEPT}} {kind.replace('+', '[+]')}"
            yield f"RewriteRule ^{start}/(.+[^/])$ {folder}/$1.{ending} [R=303,L]"
        yield f"RewriteRule ^{start}/(.+[^/])$ {folder}/$1{PAGE} [R=303,L]"
    for before in sorted(hash_stems(addresses.paths)):
        yield f"RewriteRule ^{before}$ {before}{PAGE} [R=303,L]"


def hash_stems(iris: Iterable[str]) -> set[str]:
    """What stands before the hash in IRIs that have one.

    >>> hash_stems([BASE + "ns#Norm", BASE + "id/norm/safe-return"])
    {'ns'}
    """
    locals_ = (iri.removeprefix(BASE).partition("#") for iri in iris)
    return {before for before, sign, _ in locals_ if sign}


def _starts(addresses: Addresses) -> dict[str, str]:
    """What IRIs with a slash begin with, and the folder of their pages."""
    found: dict[str, str] = {}
    for iri, path in addresses.paths.items():
        local = iri.removeprefix(BASE)
        folder = addresses.folder_of[iri]
        name = path.removeprefix(f"{folder}/").removesuffix(PAGE)
        if "#" not in local and local.endswith(f"/{name}"):
            found[local.removesuffix(f"/{name}")] = folder
    return found
