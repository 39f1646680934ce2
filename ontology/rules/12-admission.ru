# A statement that names nobody is about those who are admitted. Where a group does not say whether its people are, that is not known,
# and it matters if the description knows of people who are not, or says it of other groups: then the group may be outside.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?group hrge:notKnownIfNamed true }
WHERE {
  ?kind hrge:onlyIfNamed true ; skos:inScheme ?dimension ; hrge:statesAspect ?aspect .
  ?programme hrge:serves ?group .
  FILTER NOT EXISTS { ?group hrge:has/skos:inScheme ?dimension }
  FILTER NOT EXISTS { ?group hrge:hasNot ?kind }
  FILTER(EXISTS { ?programme hrge:serves/hrge:has/skos:inScheme ?dimension } || EXISTS {
    ?programme ?aspect ?statement . ?statement hrge:holds ?holds . FILTER(?holds IN (c:yes, c:in-part, c:dont-know))
    FILTER(NOT EXISTS { ?statement hrge:for ?anyone } || EXISTS { ?statement hrge:for ?group } || EXISTS {
      ?statement hrge:for/skos:inScheme/hrge:groupDimension true }) })
  # nobody is turned away, the whole of it, always
  FILTER NOT EXISTS {
    ?programme ?aspect ?denial . ?denial hrge:holds c:no ; hrge:level c:practice .
    FILTER(NOT EXISTS { ?denial hrge:for ?all } || EXISTS { ?denial hrge:for ?group })
    FILTER NOT EXISTS { ?denial hrge:of|hrge:condition|hrge:since|hrge:until|hrge:frequency|hrge:ground|hrge:_unseen ?limited }
  }
} ;
# where some of its people are admitted and some are not, such a statement is about a part of the group
INSERT { ?group hrge:notKnownIfNamed true }
WHERE {
  ?kind hrge:onlyIfNamed true ; skos:inScheme ?dimension . ?other skos:inScheme ?dimension .
  ?programme hrge:serves ?group . ?group hrge:has ?kind , ?other .
  FILTER NOT EXISTS { ?other hrge:onlyIfNamed true }
}
