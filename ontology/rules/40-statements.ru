# Each statement about groups gets a view for each group that it may concern: kept from a group only if it is provably about others,
# "whole" only if provably about all of it. What a statement is about, left out, is the top concept of the aspect's scheme.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?group ?aspect ?view . ?view a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:extent ?extent }
WHERE {
  ?aspect rdfs:subPropertyOf hrge:groupAspect .
  ?programme ?aspect ?statement ; hrge:serves ?group .
  # about other groups of the description, by name
  FILTER NOT EXISTS { ?statement hrge:for/a hrge:ServedGroup . FILTER NOT EXISTS { ?statement hrge:for ?group } }
  # about people of whom it is stated that nobody of the group is one: in some dimension, every kind named is denied
  FILTER NOT EXISTS {
    ?statement hrge:for/skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
    FILTER NOT EXISTS { ?statement hrge:for ?kind . ?kind skos:inScheme ?dimension . FILTER NOT EXISTS { ?group hrge:hasNot ?kind } }
  }
  # people whom a statement reaches only if it names them
  FILTER(EXISTS { ?statement hrge:for ?anyone } || NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true })
  # in some dimension, not known that everyone in the group is of a kind named
  BIND(IF(EXISTS {
    ?statement hrge:for/skos:inScheme ?named . ?named hrge:groupDimension true .
    FILTER(NOT EXISTS { ?group hrge:has/skos:inScheme ?named } || EXISTS {
      ?group hrge:has ?own . ?own skos:inScheme ?named .
      FILTER NOT EXISTS { ?own skos:broader* ?wide . ?statement hrge:for ?wide } })
  }, c:part, c:whole) AS ?extent)
  BIND(IRI(CONCAT(STR(?statement), "/view/", MD5(STR(?group)))) AS ?view)
} ;
INSERT { ?view ?slot ?value }
WHERE { ?view hrge:viewOf ?statement . ?statement ?slot ?value . FILTER(?slot NOT IN (hrge:for, <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>)) } ;
# a statement about the programme itself is its own view
INSERT { ?statement hrge:extent ?extent }
WHERE {
  ?aspect rdfs:subPropertyOf hrge:programmeAspect . ?programme a hrge:Programme ; ?aspect ?statement .
  BIND(IF(EXISTS { ?statement hrge:for ?anyone }, c:part, c:whole) AS ?extent)
} ;
INSERT { ?view hrge:of ?top }
WHERE {
  ?aspect hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme . ?about ?aspect ?view . ?view hrge:extent ?extent .
  FILTER NOT EXISTS { ?view hrge:of ?anything }
}
 ;
# a kind of group that says in itself what an aspect asks
INSERT { ?group ?aspect ?view . ?view a hrge:StatementView ; hrge:about ?group ; hrge:holds c:yes ; hrge:level c:practice ; hrge:extent ?extent }
WHERE {
  ?group a hrge:ServedGroup ; hrge:has ?kind . ?kind hrge:statesAspect ?aspect .
  BIND(IF(EXISTS { ?kind skos:inScheme ?dimension . ?dimension hrge:groupDimension true . ?group hrge:has ?other . ?other skos:inScheme ?dimension . FILTER(?other != ?kind) }, c:part, c:whole) AS ?extent)
  BIND(IRI(CONCAT(STR(?group), "/view/", MD5(STR(?aspect)))) AS ?view)
}
