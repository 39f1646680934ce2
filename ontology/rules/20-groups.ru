# What is stated of a group or programme, closed: up for what it has, down for what it has not; and within a dimension whose
# concepts exclude one another, naming some of them denies the others.
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?x hrge:hasKind ?kind } WHERE { ?x hrge:has/skos:broader* ?kind } ;
INSERT { ?x hrge:hasNot ?other }
WHERE {
  ?x hrge:has/skos:inScheme ?dimension . ?dimension hrge:exclusive true .
  ?other skos:inScheme ?dimension .
  FILTER NOT EXISTS { ?x hrge:has/skos:broader* ?other }
  FILTER NOT EXISTS { ?x hrge:has/^skos:broader* ?other }
} ;
# A list that is complete denies what it does not name. Where everyone is of some kind and none is named, that is left open, or
# everyone is of the kind that goes without saying.
INSERT { ?x hrge:hasNot ?other }
WHERE {
  ?x hrge:only true . ?dimension hrge:groupDimension true . ?other skos:inScheme ?dimension .
  FILTER NOT EXISTS { ?x hrge:has/skos:broader* ?other }
  FILTER NOT EXISTS { ?x hrge:has/^skos:broader* ?other }
  FILTER NOT EXISTS { ?dimension hrge:ifUnnamed ?other }
  FILTER(EXISTS { ?dimension hrge:ifUnnamed ?usual } || EXISTS { ?dimension hrge:exclusive false })
} ;
INSERT { ?x hrge:hasNot ?narrower } WHERE { ?x hrge:hasNot/^skos:broader+ ?narrower } ;
# not where other answers speak against it
DELETE { ?x hrge:hasNot ?kind } WHERE { ?x hrge:_open ?kind . ?x hrge:hasNot ?kind } ;
DELETE { ?x hrge:_open ?kind } WHERE { ?x hrge:_open ?kind } ;
# who does not say so is not taken to be such people, where an answer about such people may be about any
INSERT { ?group hrge:namesNone ?kind }
WHERE {
  ?kind hrge:statedToCount true . ?programme hrge:serves ?group . FILTER NOT EXISTS { ?group hrge:hasKind ?kind }
  # a yes about such people that names the group says that they are
  FILTER NOT EXISTS { ?aspect hrge:aboutPeople ?kind . ?programme ?aspect ?statement . ?statement hrge:for ?group ; hrge:says ?says . FILTER(?says IN (c:yes, c:in-part)) }
}
