PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
# Answers that say what a group is: a yes, in part or whole, shows that there are such people in every group that it surely reaches; a no
# denies it only where it is about the whole, in practice, always, for everyone, and nothing says yes.
INSERT { ?group hrge:hasKind ?kind }
WHERE {
  ?aspect hrge:yesShows ?kind .
  ?programme ?aspect ?statement ; hrge:serves ?group . ?statement hrge:holds ?holds . FILTER(?holds IN (c:yes, c:in-part))
  FILTER(EXISTS { ?statement hrge:for ?anyone } || NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true })
  FILTER NOT EXISTS { ?statement hrge:for/a hrge:ServedGroup . FILTER NOT EXISTS { ?statement hrge:for ?group } }
  FILTER NOT EXISTS {
    ?statement hrge:for/skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
    FILTER NOT EXISTS { ?statement hrge:for ?named . ?named skos:inScheme ?dimension . ?group hrge:has/skos:broader* ?named }
  }
} ;
INSERT { ?group hrge:hasNot ?kind }
WHERE {
  ?aspect hrge:noDenies ?kind .
  ?programme ?aspect ?statement ; hrge:serves ?group . ?statement hrge:holds c:no ; hrge:level c:practice .
  FILTER NOT EXISTS { ?group hrge:hasKind ?kind }
  FILTER NOT EXISTS { ?group hrge:has/skos:broader* ?kind }
  FILTER NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true }
  FILTER NOT EXISTS { ?statement hrge:condition|hrge:since|hrge:until|hrge:frequency|hrge:ground ?limited }
  FILTER NOT EXISTS { ?statement hrge:of ?part . ?part skos:broader ?whole }
  FILTER NOT EXISTS { ?statement hrge:for ?anyone . FILTER(?anyone != ?group) }
}
