# Whom an answer about a kind of people leaves out: kinds of the group, and classes, of which none of the people whom it names can be;
# and whom it may leave out: those of a class in which none of them is known to be, though some of the group are.
PREFIX hrge: <https://w3id.org/hrge/ns#>
INSERT { ?view hrge:excludes ?class }
WHERE {
  ?class hrge:negation ?negation . ?people a ?negation ; hrge:_namedBy ?statement ; hrge:_among ?group .
  ?view hrge:viewOf ?statement ; hrge:about ?group . FILTER NOT EXISTS { ?view hrge:comparedWith ?another }
  FILTER NOT EXISTS { ?group a ?negation }
  FILTER NOT EXISTS { ?others hrge:_namedBy ?statement ; hrge:_among ?group . FILTER NOT EXISTS { ?others a ?negation } }
} ;
INSERT { ?view hrge:excludes ?kind }
WHERE {
  ?people hrge:hasNot ?kind ; hrge:_namedBy ?statement ; hrge:_among ?group . ?group hrge:hasKind ?kind .
  ?view hrge:viewOf ?statement ; hrge:about ?group . FILTER NOT EXISTS { ?view hrge:comparedWith ?another }
  FILTER NOT EXISTS { ?others hrge:_namedBy ?statement ; hrge:_among ?group . FILTER NOT EXISTS { ?others hrge:hasNot ?kind } }
} ;
INSERT { ?view hrge:mayExclude ?class }
WHERE {
  ?class hrge:negation ?negation . ?group a ?class . ?people hrge:_among ?group ; hrge:_namedBy ?statement .
  ?view hrge:viewOf ?statement ; hrge:about ?group . FILTER NOT EXISTS { ?view hrge:comparedWith ?another }
  FILTER NOT EXISTS { ?view hrge:excludes ?class }
  FILTER NOT EXISTS { ?some hrge:_namedBy ?statement ; hrge:_among ?group ; a ?class }
} ;
DELETE { ?people ?property ?value } WHERE { ?people hrge:_among ?group ; ?property ?value }
