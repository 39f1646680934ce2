# A norm's wording belongs to every broader kind of wording. (hrge:wordingKind, property chain in modules/norms.ttl)
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?norm hrge:wordingKind ?kind } WHERE { ?norm hrge:wording/skos:broader* ?kind }
