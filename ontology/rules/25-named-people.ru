# The people of a group whom an answer names by their kind: a scratch group for each answer, group and kind. It is of that kind, and of
# the kinds of the group in other dimensions; it is of none that the group has not, or that excludes the kind that is named.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?people a hrge:ServedGroup ; hrge:_namedBy ?statement ; hrge:_among ?group ; hrge:_named ?kind ; hrge:hasKind ?wider }
WHERE {
  ?statement hrge:for ?kind . ?kind skos:inScheme/hrge:groupDimension true ; skos:broader* ?wider . ?programme ?aspect ?statement ; hrge:serves ?group .
  FILTER NOT EXISTS { ?statement hrge:for ?group } FILTER NOT EXISTS { ?group hrge:hasNot ?kind }
  BIND(IRI(CONCAT(STR(?statement), "/people/", MD5(CONCAT(STR(?group), STR(?kind))))) AS ?people)
} ;
INSERT { ?people hrge:hasKind ?own }
WHERE {
  ?people hrge:_among ?group ; hrge:_named ?kind . ?group hrge:hasKind ?own .
  FILTER(NOT EXISTS { ?kind skos:inScheme ?dimension . ?own skos:inScheme ?dimension . ?dimension hrge:groupDimension true } || EXISTS { ?own skos:broader ?kind })
} ;
INSERT { ?people hrge:hasNot ?other } WHERE { ?people hrge:_among/hrge:hasNot ?other } ;
INSERT { ?people hrge:hasNot ?other }
WHERE {
  ?people hrge:_named ?kind . ?kind skos:inScheme ?dimension . ?dimension hrge:exclusive true . ?other skos:inScheme ?dimension .
  FILTER NOT EXISTS { ?kind skos:broader* ?other } FILTER NOT EXISTS { ?other skos:broader* ?kind }
}
