# OWL 2 DL definitions of one fragment, read as rules: a class equivalent to an intersection of a named class and members that are each
# a hasValue restriction, a union of hasValue restrictions, or a union or intersection of those. A reasoner finds the same (tests).
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { ?x a ?base } WHERE { ?x a/rdfs:subClassOf+ ?base . FILTER(ISIRI(?base)) } ;
INSERT { ?x hrge:_satisfies ?restriction } WHERE { ?restriction owl:onProperty ?p ; owl:hasValue ?v . ?x ?p ?v } ;
# inner intersections (of restrictions), then unions of restrictions and of those intersections
INSERT { ?x hrge:_satisfies ?inner }
WHERE {
  ?x hrge:_satisfies ?member . ?list rdf:first ?member . ?inner owl:intersectionOf ?list .
  FILTER NOT EXISTS { ?class owl:equivalentClass ?inner }
  FILTER NOT EXISTS { ?list rdf:rest*/rdf:first ?other . FILTER NOT EXISTS { ?x hrge:_satisfies ?other } }
} ;
INSERT { ?x hrge:_satisfies ?union } WHERE { ?union owl:unionOf/rdf:rest*/rdf:first ?member . ?x hrge:_satisfies ?member } ;
INSERT { ?class hrge:_within ?named ; hrge:_asks ?member }
WHERE {
  ?class owl:equivalentClass/owl:intersectionOf ?list . ?list rdf:first ?named . FILTER(ISIRI(?named))
  OPTIONAL { ?list rdf:rest+/rdf:first ?member }
} ;
INSERT { ?x a ?class }
WHERE {
  ?class hrge:_within ?named . ?x a ?named .
  FILTER NOT EXISTS { ?class hrge:_asks ?member . FILTER NOT EXISTS { ?x hrge:_satisfies ?member } }
} ;
DELETE { ?x ?scratch ?y } WHERE { VALUES ?scratch { hrge:_satisfies hrge:_within hrge:_asks } ?x ?scratch ?y }
