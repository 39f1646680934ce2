# That all rules above were run, over a description with the ontology. Where the mark is missing, a shape says so (shapes/by-hand/rules.ttl):
# over a description as it was written no other shape finds anything, and that would look like praise.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?described hrge:entailed true }
WHERE {
  VALUES ?kind { hrge:Programme hrge:ServedGroup } ?described a ?kind .
  FILTER EXISTS { ?aspect rdfs:subPropertyOf hrge:groupAspect }
  FILTER EXISTS { ?dimension hrge:groupDimension true . ?concept skos:inScheme ?dimension }
}
