# From each declared check (shapes/checks/) to standard SHACL Core. Runs over the ontology, the vocabularies, the norms and the checks in one
# default graph; names no norm, aspect or concept of any topic. Scratch properties begin with hrge:_ and are removed at the end.
#
# A statement says yes or no OF things. Yes travels up skos:broader: a yes within c is a yes of c. No travels down: a no of what covers c is a
# no of c. Where the whole of c is wanted, a yes about part of it is in part, and a no about part of it is adverse.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX hsh: <https://w3id.org/hrge/shapes#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

# 0 what each check is about, its key, how strictly a full statement is asked for, and its severity
INSERT { ?check hrge:_of ?of } WHERE { ?check a hrge:Check ; hrge:checksOf ?of } ;
INSERT { ?check hrge:_of ?top }
WHERE { ?check a hrge:Check ; hrge:checksAspect/hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme . FILTER NOT EXISTS { ?check hrge:checksOf ?of } } ;
INSERT { ?norm hrge:_binding true }
WHERE { ?norm a hrge:Norm ; hrge:restsOn ?authority . ?authority hrge:partOf* ?whole . ?whole hrge:force ?binding . FILTER(?binding IN (c:treaty, c:judgment)) } ;
INSERT { ?check hrge:_key ?key ; hrge:_full ?full ; hrge:_severity ?severity ; hrge:_norm ?norm ; hrge:_normKey ?normKey }
WHERE {
  ?check a hrge:Check ; hrge:enforces ?norm ; hrge:checksAspect ?aspect .
  BIND(STRAFTER(STR(?check), "/check/") AS ?key) BIND(STRAFTER(STR(?norm), "/norm/") AS ?normKey)
  BIND(IF(EXISTS { ?aspect hrge:asksQuantity true }, hsh:FullCounted, hsh:Full) AS ?full)
  BIND(IF(EXISTS { ?norm hrge:wordingKind c:mandatory-wording ; hrge:_binding true }, sh:Violation,
       IF(EXISTS { ?norm hrge:wordingKind c:consider-wording } || EXISTS { ?norm hrge:wordingKind c:hedged-wording }, sh:Info, sh:Warning)) AS ?severity)
} ;
INSERT { ?check hrge:_kind ?kind }
WHERE { ?check hrge:_norm ?norm . ?norm hrge:checkability ?checkability .
  BIND(IF(EXISTS { ?norm hrge:favourableMeansAbsent true }, c:sets-a-condition-of-lawfulness, ?checkability) AS ?kind) } ;

INSERT { ?check hrge:_asks true } WHERE { ?check a hrge:Check . FILTER NOT EXISTS { ?check hrge:onlyAdverse true } } ;
# a check that looks for adverse answers only, beside one of its norm that asks the same and hears the rest
INSERT { ?check hrge:_heardByTwin true }
WHERE { ?check hrge:onlyAdverse true ; hrge:enforces ?norm ; hrge:checksAspect ?aspect ; hrge:wants ?wants ; hrge:_of ?of . ?twin hrge:enforces ?norm ; hrge:checksAspect ?aspect ; hrge:wants ?wants ; hrge:_of ?of ; hrge:_asks true } ;
# a no about the whole of a quality says nothing of a part; a no about the whole of anything else denies each part
INSERT { ?check hrge:_quality true } WHERE { ?check a hrge:Check ; hrge:checksAspect/hrge:aspectKind c:quality } ;
# what a matter's facts have to show before its conclusion is believed
INSERT { ?check hrge:_concludes ?matter } WHERE { ?check a hrge:Check ; hrge:enforces ?norm ; hrge:checksAspect ?aspect . ?aspect hrge:aspectKind c:conclusion .
  ?matter hrge:bearsOn ?norm . FILTER EXISTS { ?fact hrge:ofMatter ?matter ; hrge:keyFact true } } ;

# 0b signs: facts of a matter bear on its norms, bounds on those they name and those whose checks (where a bound names none: whose facts) look at their aspect
INSERT { ?sign hrge:_bearsOn ?norm } WHERE { ?sign a hrge:Bound ; hrge:bearsOn ?norm } ;
INSERT { ?sign hrge:_bearsOn ?norm } WHERE { ?sign a hrge:MatterFact ; hrge:ofMatter/hrge:bearsOn ?norm } ;
INSERT { ?sign hrge:_bearsOn ?norm } WHERE { ?sign a hrge:Bound ; hrge:checksAspect ?aspect . ?check a hrge:Check ; hrge:checksAspect ?aspect ; hrge:enforces ?norm } ;
INSERT { ?sign hrge:_bearsOn ?norm } WHERE { ?sign a hrge:Bound ; hrge:checksAspect ?aspect . ?fact a hrge:MatterFact ; hrge:checksAspect ?aspect ; hrge:ofMatter/hrge:bearsOn ?norm . FILTER NOT EXISTS { ?sign hrge:bearsOn ?named } } ;
INSERT { ?sign hrge:_key ?key ; hrge:_sign true ; hrge:_of ?of } WHERE { ?sign hrge:_bearsOn ?norm ; hrge:checksOf ?of . BIND(REPLACE(STR(?sign), "^.*/id/([^/]+)/", "$1-") AS ?key) } ;
INSERT { ?sign hrge:_key ?key ; hrge:_sign true ; hrge:_of ?top } WHERE { ?sign hrge:_bearsOn ?norm ; hrge:checksAspect/hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme . FILTER NOT EXISTS { ?sign hrge:checksOf ?of } BIND(REPLACE(STR(?sign), "^.*/id/([^/]+)/", "$1-") AS ?key) } ;
INSERT { ?sign hrge:_key ?key ; hrge:_sign true } WHERE { ?sign hrge:_bearsOn ?norm . BIND(REPLACE(STR(?sign), "^.*/id/([^/]+)/", "$1-") AS ?key) } ;

# 1 matchers of what a statement is about, one set a concept
INSERT {
  ?within a sh:PropertyShape ; sh:name ?withinName ; sh:path ?up ; sh:hasValue ?concept .
  ?up <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> hrge:of ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?up2 .
  ?up2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?star ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () . ?star sh:zeroOrMorePath skos:broader .
  ?covering a sh:PropertyShape ; sh:name ?coveringName ; sh:path ?down ; sh:hasValue ?concept .
  ?down <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> hrge:of ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?down2 .
  ?down2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?starDown ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () . ?starDown sh:zeroOrMorePath ?inverse . ?inverse sh:inversePath skos:broader .
  ?exactly a sh:PropertyShape ; sh:name ?exactlyName ; sh:path hrge:of ; sh:hasValue ?concept .
  ?concept hrge:_within ?within ; hrge:_covering ?covering ; hrge:_exactly ?exactly
}
WHERE {
  { SELECT DISTINCT ?concept WHERE { ?check hrge:_of ?concept } }
  ?concept skos:prefLabel ?label . BIND(STRAFTER(STR(?concept), "/concept/") AS ?name)
  BIND(IRI(CONCAT(STR(hsh:), "OfWithin-", ?name)) AS ?within) BIND(CONCAT("of ", STR(?label), " or a kind of it") AS ?withinName)
  BIND(IRI(CONCAT(STR(hsh:), "OfCovering-", ?name)) AS ?covering) BIND(CONCAT("of ", STR(?label), " or what includes it") AS ?coveringName)
  BIND(IRI(CONCAT(STR(hsh:), "OfExactly-", ?name)) AS ?exactly) BIND(CONCAT("of ", STR(?label)) AS ?exactlyName)
  BIND(BNODE() AS ?up) BIND(BNODE() AS ?up2) BIND(BNODE() AS ?star) BIND(BNODE() AS ?down) BIND(BNODE() AS ?down2) BIND(BNODE() AS ?starDown) BIND(BNODE() AS ?inverse)
} ;
# one value within a concept: for the ground and the thing that a limit covers
INSERT { ?is a sh:PropertyShape ; sh:name ?isName ; sh:path ?star ; sh:hasValue ?concept . ?star sh:zeroOrMorePath skos:broader . ?concept hrge:_is ?is }
WHERE {
  { SELECT DISTINCT ?concept WHERE { ?check a hrge:Check ; hrge:limit ?limit . { ?limit hrge:onGround ?concept } UNION { ?limit hrge:onlyOf ?concept } } }
  ?concept skos:prefLabel ?label .
  BIND(IRI(CONCAT(STR(hsh:), "Is-", STRAFTER(STR(?concept), "/concept/"))) AS ?is) BIND(CONCAT(STR(?label), " or a kind of it") AS ?isName) BIND(BNODE() AS ?star)
} ;

# 2 matchers of each check: adverse, favourable, witness (favourable, in practice and in full), part, rule, unclear, does not apply
INSERT {
  ?adverse a sh:NodeShape ; sh:property ?badSign . ?favourable a sh:NodeShape ; sh:property ?goodSign .
  ?witness a sh:NodeShape ; sh:node ?favourable , ?full ; sh:property ?fullSign , hsh:Practice .
  ?adverse hrge:generatedFrom ?check . ?favourable hrge:generatedFrom ?check . ?witness hrge:generatedFrom ?check . ?part hrge:generatedFrom ?check . ?mixed hrge:generatedFrom ?check . ?rule hrge:generatedFrom ?check . ?outside hrge:generatedFrom ?check .
  ?mixed a sh:NodeShape ; sh:node ?favourable , hsh:Mixed ; sh:property hsh:Practice .
  ?part a sh:NodeShape ; sh:node ?favourable ; sh:property hsh:Practice ; sh:not ?witness . ?narrow a sh:NodeShape ; sh:node ?part ; sh:not hsh:Mixed . ?narrow hrge:generatedFrom ?check . ?rule a sh:NodeShape ; sh:node ?favourable ; sh:not hsh:Practice .
  ?outside a sh:NodeShape ; sh:property hsh:SaysDoesNotApply ; sh:node ?full .
  ?check hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_witness ?witness ; hrge:_part ?part ; hrge:_mixed ?mixed ; hrge:_narrow ?narrow ; hrge:_rule ?rule ; hrge:_outside ?outside
}
WHERE {
  ?check a hrge:Check ; hrge:_key ?key ; hrge:wants ?wants ; hrge:_full ?full .
  BIND(IF(?wants = c:no, hsh:SaysYesOrInPart, hsh:SaysNo) AS ?badSign)
  BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYesOrInPart) AS ?goodSign)
  BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYes) AS ?fullSign)
  BIND(CONCAT(STR(hsh:), ?key) AS ?base)
  BIND(IRI(CONCAT(?base, "-adverse-matcher")) AS ?adverse) BIND(IRI(CONCAT(?base, "-favourable-matcher")) AS ?favourable) BIND(IRI(CONCAT(?base, "-witness-matcher")) AS ?witness)
  BIND(IRI(CONCAT(?base, "-part-matcher")) AS ?part) BIND(IRI(CONCAT(?base, "-mixed-matcher")) AS ?mixed) BIND(IRI(CONCAT(?base, "-narrow-matcher")) AS ?narrow) BIND(IRI(CONCAT(?base, "-rule-matcher")) AS ?rule) BIND(IRI(CONCAT(?base, "-outside-matcher")) AS ?outside)
} ;
# direction: what the statement has to be about
INSERT { ?adverse sh:property ?within . ?favourable sh:property ?covering . ?outside sh:property ?covering }
WHERE { ?check a hrge:Check ; hrge:wants c:no ; hrge:_of/hrge:_within ?within ; hrge:_of/hrge:_covering ?covering ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_outside ?outside } ;
# a no with a reviewer denies that reviewer alone
INSERT { ?adverse sh:property hsh:NoReviewer } WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:_adverse ?adverse } ;
INSERT { ?adverse sh:or ( ?within ?covering ) }
WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:_of ?of ; hrge:_adverse ?adverse . ?of hrge:_within ?within ; hrge:_covering ?covering . FILTER NOT EXISTS { ?check hrge:sufficient c:some } FILTER NOT EXISTS { ?check hrge:_quality true } } ;
INSERT { ?adverse sh:property ?within }
WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:_of/hrge:_within ?within ; hrge:_adverse ?adverse ; hrge:_quality true . FILTER NOT EXISTS { ?check hrge:sufficient c:some } } ;
# where anything narrower is enough, a no about part of it is no concern: it leaves the rest to be asked
INSERT { ?adverse sh:property ?covering }
WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:sufficient c:some ; hrge:_of/hrge:_covering ?covering ; hrge:_adverse ?adverse . FILTER NOT EXISTS { ?check hrge:_quality true } } ;
INSERT { ?adverse sh:property ?exactly }
WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:sufficient c:some ; hrge:_of/hrge:_exactly ?exactly ; hrge:_adverse ?adverse ; hrge:_quality true } ;
INSERT { ?favourable sh:property ?within . ?witness sh:property ?witnessOf . ?outside sh:property ?covering }
WHERE {
  ?check a hrge:Check ; hrge:wants c:yes ; hrge:_of ?of ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_witness ?witness ; hrge:_outside ?outside .
  ?of hrge:_within ?within ; hrge:_covering ?covering ; hrge:_exactly ?exactly .
  # a full yes about part of it is not in part where the check only raises a review: the norm asks for something else
  BIND(IF(EXISTS { ?check hrge:onlyAdverse true ; hrge:raises ?raised }, ?within, IF(EXISTS { ?check hrge:sufficient c:some }, ?within, ?exactly)) AS ?witnessOf)
} ;
# a ground that an adverse statement has to rest on
INSERT { ?adverse sh:property ?path . ?path a sh:PropertyShape ; sh:path hrge:ground ; sh:hasValue ?ground ; hrge:generatedFrom ?check }
WHERE { ?check hrge:checksGround ?ground ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
# what is stated in full rests on no ground, or on the one that the check, or one of its norm beside it, asks about
INSERT { ?check hrge:_full_ground ?path } WHERE { ?check hrge:checksGround ?ground ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
INSERT { ?check hrge:_full_ground ?path }
WHERE {
  ?check hrge:_witness ?witness ; hrge:enforces ?norm ; hrge:checksAspect ?aspect . FILTER NOT EXISTS { ?check hrge:checksGround ?own }
  { SELECT ?norm ?aspect (MIN(?each) AS ?sibling) WHERE { ?each hrge:checksGround ?ground ; hrge:enforces ?norm ; hrge:checksAspect ?aspect } GROUP BY ?norm ?aspect }
  ?sibling hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path)
} ;
INSERT { ?witness sh:property hsh:NoGround } WHERE { ?check hrge:_witness ?witness . FILTER NOT EXISTS { ?check hrge:_full_ground ?path } } ;
INSERT { ?witness sh:or ( hsh:NoGround ?path ) } WHERE { ?check hrge:_full_ground ?path ; hrge:_witness ?witness } ;
# what a group says in itself has the ground that an answer to the same question gives
INSERT {
  ?grounded a sh:NodeShape ; sh:property hsh:OwnWords , ?given ; hrge:generatedFrom ?check .
  ?given a sh:PropertyShape ; sh:path ?path ; sh:minCount 1 ; hrge:generatedFrom ?check .
  ?path <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> hrge:about ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?second .
  ?second <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?aspect ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?third .
  ?third <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> hrge:ground ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> () .
  ?check hrge:_grounded ?grounded
}
WHERE {
  ?check hrge:checksGround ?ground ; hrge:checksAspect ?aspect ; hrge:_key ?key .
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-grounded-elsewhere-matcher")) AS ?grounded) BIND(IRI(CONCAT(STR(?grounded), "-ground")) AS ?given)
  BIND(BNODE() AS ?path) BIND(BNODE() AS ?second) BIND(BNODE() AS ?third)
} ;
# adverse on no ground that is stated. (It names the ground that it is not on: an engine may take two equal shapes of a norm for one.)
INSERT { ?groundless a sh:NodeShape ; sh:property ?sign , hsh:NoGround ; sh:not ?path , ?grounded ; sh:or ( ?within ?covering ) ; hrge:generatedFrom ?check . ?check hrge:_groundless ?groundless }
WHERE { ?check hrge:checksGround ?ground ; hrge:_grounded ?grounded ; hrge:_adverse ?adverse ; hrge:wants ?wants ; hrge:_key ?key ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering .
  BIND(IF(?wants = c:no, hsh:SaysYesOrInPart, hsh:SaysNo) AS ?sign) BIND(IRI(CONCAT(STR(hsh:), ?key, "-groundless-matcher")) AS ?groundless) BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
INSERT { ?groundless a sh:NodeShape ; sh:property ?sign , hsh:NoGround ; sh:not ?path , ?grounded ; hrge:generatedFrom ?check . ?check hrge:_groundless ?groundless }
WHERE { ?check hrge:checksGround ?ground ; hrge:_grounded ?grounded ; hrge:_adverse ?adverse ; hrge:wants ?wants ; hrge:_key ?key . FILTER NOT EXISTS { ?check hrge:_of ?of }
  BIND(IF(?wants = c:no, hsh:SaysYesOrInPart, hsh:SaysNo) AS ?sign) BIND(IRI(CONCAT(STR(hsh:), ?key, "-groundless-matcher")) AS ?groundless) BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
# a yes about something wider does not say whether it is so of this: to be asked, or, where a no is wanted, reviewed
INSERT { ?unclear a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysYesOrInPart , ?covering ; sh:not ?within . ?check hrge:_unclear ?unclear }
WHERE {
  ?check a hrge:Check ; hrge:wants c:yes ; hrge:_key ?key ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering ; skos:broader ?wider . FILTER NOT EXISTS { ?check hrge:onlyAdverse true }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-unclear-matcher")) AS ?unclear)
} ;
INSERT { ?wide a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysYesOrInPart , ?covering ; sh:not ?within . ?check hrge:_wide ?wide }
WHERE {
  ?check a hrge:Check ; hrge:wants c:no ; hrge:_key ?key ; hrge:_of ?of ; hrge:enforces ?norm ; hrge:checksAspect ?aspect . ?of hrge:_within ?within ; hrge:_covering ?covering ; skos:broader ?wider .
  # where the norm asks for a yes of what is wider, that yes is favourable
  FILTER NOT EXISTS { ?other hrge:enforces ?norm ; hrge:checksAspect ?aspect ; hrge:wants c:yes }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-wide-matcher")) AS ?wide)
} ;
INSERT { ?wide sh:or ( hsh:NoGround ?path ) } WHERE { ?check hrge:checksGround ?ground ; hrge:_wide ?wide ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
# so does a no about the whole of a quality
INSERT { ?wide a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysNo , ?covering ; sh:not ?within . ?check hrge:_wide ?wide }
WHERE {
  ?check a hrge:Check ; hrge:wants c:yes ; hrge:_quality true ; hrge:_key ?key ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering ; skos:broader ?wider .
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-wide-matcher")) AS ?wide)
} ;
# a no that names a reviewer
INSERT { ?slight a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysNo ; sh:not hsh:NoReviewer ; sh:or ( ?within ?covering ) . ?check hrge:_slight ?slight }
WHERE { FILTER NOT EXISTS { ?check hrge:_heardByTwin true } ?check a hrge:Check ; hrge:wants c:yes ; hrge:_key ?key ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering . BIND(IRI(CONCAT(STR(hsh:), ?key, "-slight-matcher")) AS ?slight) } ;
INSERT { ?slight a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysNo ; sh:not hsh:NoReviewer . ?check hrge:_slight ?slight }
WHERE { ?check a hrge:Check ; hrge:wants c:yes ; hrge:_key ?key . FILTER NOT EXISTS { ?check hrge:_of ?of } BIND(IRI(CONCAT(STR(hsh:), ?key, "-slight-matcher")) AS ?slight) } ;
INSERT { ?slight sh:property ?path } WHERE { ?check hrge:checksGround ?ground ; hrge:_slight ?slight ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;

# 2a an answer that leaves out those whom the norm is about is none under it: asked where its people can be told from others of a group
INSERT { ?matcher sh:not ?others . ?others a sh:PropertyShape ; sh:name ?name ; sh:path hrge:excludes ; sh:hasValue ?class }
WHERE {
  ?check a hrge:Check ; hrge:enforces/hrge:appliesTo ?class ; hrge:checksAspect/rdfs:subPropertyOf hrge:groupAspect .
  ?check hrge:_adverse|hrge:_favourable|hrge:_groundless|hrge:_slight|hrge:_unclear|hrge:_wide ?matcher .
  ?class rdfs:label ?label ; hrge:negation/owl:equivalentClass/(owl:intersectionOf|owl:unionOf|rdf:first|rdf:rest)*/owl:hasValue ?kind . ?kind skos:inScheme/hrge:exclusive true .
  BIND(IRI(CONCAT(STR(hsh:), "LeavesOut-", STRAFTER(STR(?class), "#"))) AS ?others) BIND(CONCAT("leaves out: ", STR(?label)) AS ?name)
} ;

# 2b signs: adverse in any way, and what shows a fact of a matter
INSERT {
  ?adverse a sh:NodeShape ; sh:property ?badSign ; hrge:generatedFrom ?sign . ?sign hrge:_adverse ?adverse ; hrge:_rough ?rough .
  ?rough a sh:NodeShape ; sh:node hsh:Rough ; sh:property ?goodSign ; hrge:generatedFrom ?sign
}
WHERE {
  ?sign hrge:_sign true ; a hrge:MatterFact ; hrge:wants ?wants ; hrge:_key ?key .
  BIND(IF(?wants = c:no, hsh:SaysYesOrInPart, hsh:SaysNoOrInPart) AS ?badSign) BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYes) AS ?goodSign)
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-adverse-matcher")) AS ?adverse) BIND(IRI(CONCAT(STR(hsh:), ?key, "-rough-matcher")) AS ?rough)
} ;
# a no with a length of time is a no for that long
INSERT { ?limited a sh:NodeShape ; sh:node hsh:Limited ; sh:property hsh:SaysNo , ?within ; hrge:generatedFrom ?sign . ?sign hrge:_limited ?limited }
WHERE {
  ?sign hrge:_sign true ; a hrge:MatterFact ; hrge:wants c:no ; hrge:_of/hrge:_within ?within ; hrge:_key ?key .
  FILTER NOT EXISTS { ?sign hrge:checksGround ?ground }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-limited-matcher")) AS ?limited)
} ;
INSERT { ?limited a sh:NodeShape ; sh:node hsh:Limited ; sh:property hsh:SaysNo ; hrge:generatedFrom ?sign . ?sign hrge:_limited ?limited }
WHERE {
  ?sign hrge:_sign true ; a hrge:MatterFact ; hrge:wants c:no ; hrge:_key ?key .
  FILTER NOT EXISTS { ?sign hrge:_of ?any } FILTER NOT EXISTS { ?sign hrge:checksGround ?ground }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-limited-matcher")) AS ?limited)
} ;
# a ground that an adverse fact has to rest on
INSERT { ?adverse sh:property ?path . ?path a sh:PropertyShape ; sh:path hrge:ground ; sh:hasValue ?ground ; hrge:generatedFrom ?sign }
WHERE { ?sign hrge:_sign true ; hrge:checksGround ?ground ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
INSERT { ?rough sh:property ?path }
WHERE { ?sign hrge:_sign true ; hrge:checksGround ?ground ; hrge:_adverse ?adverse ; hrge:_rough ?rough . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
# an answer on this condition, or on this ground, says nothing of the matter
INSERT { ?adverse sh:not ?excepted . ?excepted a sh:PropertyShape ; sh:path ?slot ; sh:minCount 1 ; sh:hasValue ?value ; hrge:generatedFrom ?sign }
WHERE {
  ?sign hrge:_sign true ; hrge:_adverse ?adverse .
  { ?sign hrge:notOnCondition ?value BIND(hrge:condition AS ?slot) } UNION { ?sign hrge:notOnGround ?value BIND(hrge:ground AS ?slot) }
  BIND(IRI(CONCAT(STR(?adverse), "-on-", STRAFTER(STR(?slot), "#"))) AS ?excepted)
} ;
INSERT { ?adverse sh:or ( ?within ?covering ) }
WHERE { ?sign hrge:_sign true ; a hrge:MatterFact ; hrge:_adverse ?adverse ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering } ;
# a no that is not wholly one is half a yes about just what it denies; a yes about something wider, such as some services, leaves open which
INSERT { ?rough sh:or ( ?within ?covering ) }
WHERE { ?sign hrge:_rough ?rough ; hrge:wants c:no ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering } ;
INSERT { ?rough sh:property ?within } WHERE { ?sign hrge:_rough ?rough ; hrge:wants c:yes ; hrge:_of ?of . ?of hrge:_within ?within } ;
INSERT {
  ?adverse a sh:NodeShape ; sh:property hsh:SaysYesOrInPart , ?number ; hrge:generatedFrom ?sign . ?sign hrge:_adverse ?adverse .
  ?number a sh:PropertyShape ; sh:path hrge:days ; sh:minCount 1 ; sh:minExclusive ?most ; sh:maxExclusive ?least ; hrge:generatedFrom ?sign
}
WHERE {
  ?sign hrge:_sign true ; a hrge:Bound ; hrge:_key ?key . OPTIONAL { ?sign hrge:mostDays ?most } OPTIONAL { ?sign hrge:leastDays ?least }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-adverse-matcher")) AS ?adverse) BIND(IRI(CONCAT(STR(?adverse), "-days")) AS ?number)
} ;
INSERT { ?adverse sh:property ?within }
WHERE { ?sign hrge:_sign true ; a hrge:Bound ; hrge:_adverse ?adverse ; hrge:_of/hrge:_within ?within } ;
INSERT { ?shown a sh:NodeShape ; sh:node hsh:FullCounted ; sh:property ?goodSign , hsh:Practice , hsh:NoGround ; hrge:generatedFrom ?sign . ?sign hrge:_shown ?shown }
WHERE {
  ?sign a hrge:MatterFact ; hrge:_sign true ; hrge:keyFact true ; hrge:wants ?wants ; hrge:_key ?key .
  BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYes) AS ?goodSign) BIND(IRI(CONCAT(STR(hsh:), ?key, "-shown-matcher")) AS ?shown)
} ;
INSERT { ?shown sh:not hsh:NoReviewer } WHERE { ?sign hrge:_shown ?shown ; hrge:needsReviewer true } ;
INSERT { ?by a sh:NodeShape ; sh:property hsh:SaysYesOrInPart , ?reviewed ; hrge:generatedFrom ?sign . ?reviewed a sh:PropertyShape ; sh:path hrge:reviewer ; sh:minCount 1 ; sh:hasValue ?reviewer ; hrge:generatedFrom ?sign . ?sign hrge:_by ?by }
WHERE { ?sign hrge:_sign true ; hrge:adverseReviewer ?reviewer ; hrge:_key ?key . BIND(IRI(CONCAT(STR(hsh:), ?key, "-by-matcher")) AS ?by) BIND(IRI(CONCAT(STR(?by), "-reviewer")) AS ?reviewed) } ;
INSERT { ?shown sh:property ?direction }
WHERE { ?sign hrge:_shown ?shown ; hrge:wants ?wants ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering . BIND(IF(?wants = c:no, ?covering, ?within) AS ?direction) } ;
# no key fact of a matter is shown of the group that a statement is about
INSERT {
  ?none a sh:NodeShape ; sh:property ?missing . ?matter hrge:_none ?none . ?none hrge:generatedFrom ?matter .
  ?missing a sh:PropertyShape ; sh:path ?path ; sh:qualifiedValueShape ?shown ; sh:qualifiedMaxCount 0 ; hrge:generatedFrom ?sign .
  ?path <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> hrge:about ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ?second .
  ?second <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?aspect ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> ()
}
WHERE {
  ?sign hrge:_shown ?shown ; hrge:ofMatter ?matter ; hrge:checksAspect ?aspect ; hrge:_key ?key .
  BIND(IRI(CONCAT(STR(hsh:), "NoFactOf-", STRAFTER(STR(?matter), "/matter/"))) AS ?none) BIND(IRI(CONCAT(STR(hsh:), ?key, "-missing")) AS ?missing) BIND(BNODE() AS ?path) BIND(BNODE() AS ?second)
} ;
DELETE { ?witness sh:node ?node ; sh:property ?property ; sh:or ?list }
INSERT { ?witness sh:node ?whole . ?bare a sh:NodeShape ; sh:node ?whole , ?none ; hrge:generatedFrom ?check . ?whole a sh:NodeShape ; sh:node ?node ; sh:property ?property ; sh:or ?list ; hrge:generatedFrom ?check . ?check hrge:_bare ?bare }
WHERE {
  ?check hrge:_concludes/hrge:_none ?none ; hrge:_witness ?witness ; hrge:_key ?key .
  { ?witness sh:node ?node } UNION { ?witness sh:property ?property } UNION { ?witness sh:or ?list }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-bare-matcher")) AS ?bare) BIND(IRI(CONCAT(STR(hsh:), ?key, "-whole-matcher")) AS ?whole)
} ;
INSERT { ?witness sh:not ?bare . ?part sh:not ?bare } WHERE { ?check hrge:_bare ?bare ; hrge:_witness ?witness ; hrge:_part ?part } ;

# 3 limits: in scope only if every ground, and everything the statement is about, lies within the limit
INSERT {
  ?scope a sh:NodeShape ; sh:node ?adverse ; sh:property ?groundPath . ?groundPath a sh:PropertyShape ; sh:path hrge:ground ; sh:minCount 1 ; sh:property ?isGround .
  ?scope hrge:generatedFrom ?check . ?groundPath hrge:generatedFrom ?check . ?claimed hrge:generatedFrom ?check . ?concern hrge:generatedFrom ?check .
  ?claimed a sh:NodeShape ; sh:node ?scope . ?concern a sh:NodeShape ; sh:node ?adverse ; sh:not ?scope .
  ?check hrge:_concern ?concern ; hrge:_scope ?scope . ?scope hrge:_claimed ?claimed ; hrge:_limit ?limit ; hrge:_key ?base
}
WHERE {
  ?check hrge:limit ?limit ; hrge:_key ?key ; hrge:_adverse ?adverse . ?limit hrge:onGround/hrge:_is ?isGround .
  BIND(CONCAT(?key, "-", STRAFTER(STR(?limit), "/limit/")) AS ?base)
  BIND(IRI(CONCAT(STR(hsh:), ?base, "-scope-matcher")) AS ?scope) BIND(IRI(CONCAT(STR(?scope), "-ground")) AS ?groundPath) BIND(IRI(CONCAT(STR(hsh:), ?base, "-claimed-matcher")) AS ?claimed)
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-beyond-limits-matcher")) AS ?concern)
} ;
INSERT { ?scope sh:property ?ofPath . ?ofPath hrge:generatedFrom ?check . ?ofPath a sh:PropertyShape ; sh:path hrge:of ; sh:minCount 1 ; sh:property ?isOf }
WHERE { ?check hrge:_scope ?scope . ?scope hrge:_limit/hrge:onlyOf/hrge:_is ?isOf . BIND(IRI(CONCAT(STR(?scope), "-of")) AS ?ofPath) } ;
INSERT {
  ?claimed sh:property ?claims . ?claims a sh:PropertyShape ; sh:path hrge:claims ; sh:hasValue ?test .
  ?denied hrge:generatedFrom ?check . ?deniesPath hrge:generatedFrom ?check . ?open hrge:generatedFrom ?check .
  ?denied a sh:NodeShape ; sh:node ?scope ; sh:property ?deniesPath . ?deniesPath a sh:PropertyShape ; sh:path hrge:denies ; sh:hasValue ?test .
  ?open a sh:NodeShape ; sh:node ?scope ; sh:not ?claims , ?denied .
  ?scope hrge:_denied ?denied ; hrge:_open ?open . ?denied hrge:_test ?test . ?open hrge:_test ?test
}
WHERE {
  ?check hrge:_scope ?scope . ?scope hrge:_limit/hrge:test ?test ; hrge:_claimed ?claimed ; hrge:_key ?base . BIND(STRAFTER(STR(?test), "/concept/") AS ?name)
  BIND(IRI(CONCAT(STR(hsh:), "Claims-", ?name)) AS ?claims)
  BIND(IRI(CONCAT(STR(hsh:), ?base, "-denied-", ?name, "-matcher")) AS ?denied) BIND(IRI(CONCAT(STR(?denied), "-denies")) AS ?deniesPath)
  BIND(IRI(CONCAT(STR(hsh:), ?base, "-open-", ?name, "-matcher")) AS ?open)
} ;
INSERT { ?check hrge:_concern ?adverse } WHERE { ?check a hrge:Check ; hrge:_adverse ?adverse . FILTER NOT EXISTS { ?check hrge:limit ?limit } } ;
# reach: a concern where the words of the sentence surely reach, a review elsewhere
INSERT { ?inside a sh:NodeShape ; sh:node ?concern ; hrge:generatedFrom ?check . ?outside a sh:NodeShape ; sh:node ?concern ; sh:not ?inside ; hrge:generatedFrom ?check . ?check hrge:_inside ?inside ; hrge:_beyond ?outside }
WHERE { ?check hrge:_concern ?concern ; hrge:_key ?key . FILTER EXISTS { ?check hrge:reaches ?any }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-in-reach-matcher")) AS ?inside) BIND(IRI(CONCAT(STR(hsh:), ?key, "-out-of-reach-matcher")) AS ?outside) } ;
INSERT { ?inside sh:node ?reach } WHERE { ?check hrge:_inside ?inside ; hrge:reaches ?reach . ?reach a sh:NodeShape } ;
INSERT { ?inside sh:property ?reach } WHERE { ?check hrge:_inside ?inside ; hrge:reaches ?reach . ?reach a sh:PropertyShape } ;
DELETE { ?check hrge:_concern ?concern } INSERT { ?check hrge:_concern ?inside } WHERE { ?check hrge:_concern ?concern ; hrge:_inside ?inside } ;

# 4 outcome shapes: each fires (sh:not) on the statement that is its evidence
INSERT { ?check hrge:_fires [ hrge:_on ?on ; hrge:_name ?name ; hrge:outcome ?outcome ; hrge:_level ?level ; hrge:_text ?text ; hrge:reason ?reason ] }
WHERE {
  ?check hrge:checksAspect/hrge:question ?question .
  { ?check hrge:_concern ?on ; hrge:_severity ?level . FILTER(NOT EXISTS { ?check hrge:raises ?other } || EXISTS { ?check hrge:_inside ?on }) BIND("concern" AS ?name) BIND(c:concern AS ?outcome) BIND("stated" AS ?reason)
    BIND("The answer is not the one that the norm asks for. " AS ?lead) }
  UNION { ?check hrge:_concern ?on ; hrge:raises ?outcome . FILTER NOT EXISTS { ?check hrge:_inside ?on } BIND("raised" AS ?name) BIND(sh:Info AS ?level) BIND("two readings" AS ?reason)
    BIND("The answer may not be the one that the norm asks for; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_beyond ?on . OPTIONAL { ?check hrge:raises ?raised } BIND("out-of-reach" AS ?name) BIND(COALESCE(?raised, c:needs-review) AS ?outcome) BIND(sh:Info AS ?level) BIND("reach not stated" AS ?reason)
    BIND("The answer is not the one that the norm asks for; whether its words reach so far, a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_wide ?on . BIND("wider" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("stated more widely" AS ?reason)
    BIND("The answer is about something wider than the norm's words; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_slight ?on . BIND("narrower" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("one reviewer denied" AS ?reason)
    BIND("The answer denies one reviewer and says nothing of others; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_groundless ?on . BIND("groundless" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("ground not stated" AS ?reason)
    BIND("The answer gives no ground, and the norm is about one ground; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_bare ?on ; hrge:_asks true . BIND("bare" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("conclusion without facts" AS ?reason)
    BIND("The answer is a conclusion, and no fact is stated that shows it. " AS ?lead) }
  UNION { ?check hrge:_witness ?on ; hrge:_asks true ; hrge:_kind c:meet-or-flag . BIND("met" AS ?name) BIND(c:met AS ?outcome) BIND(sh:Info AS ?level) BIND("stated" AS ?reason)
    BIND("Stated as the norm asks. " AS ?lead) }
  UNION { ?check hrge:_narrow ?on ; hrge:_asks true ; hrge:_kind c:meet-or-flag . BIND("in-part" AS ?name) BIND(c:stated-in-part AS ?outcome) BIND(sh:Info AS ?level) BIND("stated narrowly" AS ?reason)
    BIND("Stated for part of it only (of the people, the thing, the time, the grounds, or by number). " AS ?lead) }
  UNION { ?check hrge:_mixed ?on ; hrge:_asks true ; hrge:_kind c:meet-or-flag . BIND("mixed" AS ?name) BIND(c:stated-in-part AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND("Stated as so in part, seldom, for a time or on a condition. " AS ?lead) }
  UNION { ?check hrge:_mixed ?on ; hrge:onlyAdverse true ; hrge:wants c:yes ; hrge:_kind c:meet-or-flag . FILTER NOT EXISTS { ?check hrge:_heardByTwin true } BIND("in-part" AS ?name) BIND(c:stated-in-part AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND("Stated as so in part, seldom, for a time or on a condition. " AS ?lead) }
  UNION { ?check hrge:_witness ?on ; hrge:_asks true ; hrge:_kind c:flag-only . BIND("review" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("open words" AS ?reason)
    BIND("What is stated is not of concern, but the norm's words are open; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_part ?on ; hrge:_asks true ; hrge:_kind c:flag-only . BIND("review-part" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("open words" AS ?reason)
    BIND("What is stated covers only part of it, and the norm's words are open; a person has to judge. " AS ?lead) }
  UNION { ?check hrge:_witness ?on ; hrge:_asks true ; hrge:_kind c:sets-a-condition-of-lawfulness . BIND("does-not-arise" AS ?name) BIND(c:not-applicable AS ?outcome) BIND(sh:Info AS ?level) BIND("does not arise" AS ?reason)
    BIND("Stated: what the norm sets terms for does not happen. " AS ?lead) }
  UNION { ?check hrge:_part ?on ; hrge:_asks true ; hrge:_kind c:sets-a-condition-of-lawfulness . BIND("said-in-part" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND("Stated for part of it only; say how it is for the rest. " AS ?lead) }
  UNION { ?check hrge:_rule ?on ; hrge:_asks true . BIND("rule-only" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("rule without practice" AS ?reason)
    BIND("A rule is stated, but not what happens in practice. In practice: " AS ?lead) }
  UNION { ?check hrge:_unclear ?on ; hrge:_of/skos:prefLabel ?label . BIND("unclear" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("stated too generally" AS ?reason)
    BIND(CONCAT("The answer is about something wider; say whether it is so of: ", STR(?label), ". ") AS ?lead) }
  UNION { ?check hrge:_outside ?on ; hrge:_asks true . BIND("does-not-apply" AS ?name) BIND(c:not-applicable AS ?outcome) BIND(sh:Info AS ?level) BIND("stated by the author" AS ?reason)
    BIND("The description says that this does not apply; that is its author's word. " AS ?lead) }
  BIND(CONCAT(?lead, STR(?question)) AS ?text)
} ;
INSERT { ?check hrge:_fires [ hrge:_on ?claimed ; hrge:_name ?name ; hrge:outcome c:needs-review ; hrge:_level sh:Info ; hrge:_text ?text ; hrge:reason "limit claimed" ] }
WHERE { ?check hrge:_scope ?scope . ?scope hrge:_claimed ?claimed ; hrge:_limit/rdfs:label ?label ; hrge:_key ?base ; hrge:_limit ?limit .
  BIND(CONCAT("review-", STRAFTER(STR(?limit), "/limit/")) AS ?name)
  BIND(CONCAT("A limit of the source is relied on (", STR(?label), "); a person has to judge whether its terms are met.") AS ?text) } ;
INSERT { ?check hrge:_fires [ hrge:_on ?denied ; hrge:_name ?name ; hrge:outcome c:concern ; hrge:_level ?severity ; hrge:_text ?text ; hrge:reason "test of a limit denied" ] }
WHERE { ?check hrge:_scope ?scope ; hrge:_severity ?severity . ?scope hrge:_denied ?denied ; hrge:_limit/rdfs:label ?label ; hrge:_limit ?limit . ?denied hrge:_test ?test . ?test skos:prefLabel ?testLabel .
  BIND(CONCAT("denied-", STRAFTER(STR(?limit), "/limit/"), "-", STRAFTER(STR(?test), "/concept/")) AS ?name)
  BIND(CONCAT("A limit of the source is relied on (", STR(?label), "), but one of its tests is said not to be met: ", STR(?testLabel), ".") AS ?text) } ;
INSERT { ?check hrge:_fires [ hrge:_on ?open ; hrge:_name ?name ; hrge:outcome c:not-stated ; hrge:_level sh:Info ; hrge:_text ?text ; hrge:reason "test of a limit unanswered" ] }
WHERE { ?check hrge:_scope ?scope . ?scope hrge:_open ?open ; hrge:_limit/rdfs:label ?label ; hrge:_limit ?limit . ?open hrge:_test ?test . ?test skos:prefLabel ?testLabel .
  BIND(CONCAT("open-", STRAFTER(STR(?limit), "/limit/"), "-", STRAFTER(STR(?test), "/concept/")) AS ?name)
  BIND(CONCAT("A limit of the source is relied on (", STR(?label), "), but one of its tests is not answered. Is it so: ", STR(?testLabel), "?") AS ?text) } ;
INSERT {
  ?shape a sh:NodeShape ; sh:name ?normLabel ; sh:description ?quote ; hrge:enforces ?norm ; sh:targetClass ?target ; sh:property ?property .
  ?property a sh:PropertyShape ; sh:path ?aspect ; sh:not ?on ; sh:name ?shapeName ; sh:description ?question ; sh:message ?text ; sh:severity ?level ;
    hrge:enforces ?norm ; hrge:outcome ?outcome ; hrge:reason ?reason ; hrge:generatedFrom ?check
}
WHERE {
  ?check hrge:_fires ?firing ; hrge:_key ?key ; hrge:_norm ?norm ; hrge:_normKey ?normKey ; hrge:checksAspect ?aspect . ?aspect hrge:question ?question .
  ?firing hrge:_on ?on ; hrge:_name ?name ; hrge:outcome ?outcome ; hrge:_level ?level ; hrge:_text ?text ; hrge:reason ?reason .
  ?norm rdfs:label ?normLabel ; hrge:quote ?quote ; hrge:appliesTo/hrge:widerReading? ?target .
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-", ?name)) AS ?property)
  BIND(IF(?outcome IN (c:met, c:stated-in-part), IRI(CONCAT(STR(hsh:), ?normKey, "-witnesses")), IRI(CONCAT(STR(hsh:), ?normKey))) AS ?shape)
  BIND(CONCAT(STR(?normLabel), ": ", REPLACE(?name, "-", " ")) AS ?shapeName)
} ;
# silence: no statement speaks to it
INSERT {
  ?shape a sh:NodeShape ; sh:name ?normLabel ; sh:description ?quote ; hrge:enforces ?norm ; sh:targetClass ?target ; sh:property ?property .
  ?property a sh:PropertyShape ; sh:path ?aspect ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ?spoken ; sh:name ?shapeName ; sh:description ?question ; sh:message ?text ;
    sh:severity sh:Info ; hrge:enforces ?norm ; hrge:outcome c:not-stated ; hrge:reason "silence" ; hrge:generatedFrom ?check .
  ?check hrge:_spoken ?spoken .
  ?spoken a sh:NodeShape ; hrge:generatedFrom ?check
}
WHERE {
  ?check hrge:_asks true ; hrge:_key ?key ; hrge:_norm ?norm ; hrge:_normKey ?normKey ; hrge:checksAspect ?aspect ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_outside ?outside .
  ?aspect hrge:question ?question . ?norm rdfs:label ?normLabel ; hrge:quote ?quote ; hrge:appliesTo/hrge:widerReading? ?target .
  OPTIONAL { ?check hrge:checksOf/skos:prefLabel ?ofLabel }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-silent")) AS ?property) BIND(IRI(CONCAT(STR(hsh:), ?normKey)) AS ?shape) BIND(IRI(CONCAT(STR(hsh:), ?key, "-spoken-matcher")) AS ?spoken)
  BIND(CONCAT(STR(?normLabel), ": silent") AS ?shapeName)
  BIND(CONCAT("Not stated. ", IF(BOUND(?ofLabel), CONCAT("As to ", STR(?ofLabel), ": "), ""), STR(?question)) AS ?text)
} ;
INSERT { ?spoken sh:not ?unspoken . ?unspoken a sh:NodeShape ; sh:not ?matcher ; hrge:generatedFrom ?check }
WHERE { ?check hrge:_spoken ?spoken ; hrge:_key ?key ; hrge:_adverse|hrge:_favourable|hrge:_outside|hrge:_unclear|hrge:_wide|hrge:_slight|hrge:_groundless ?matcher .
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-unspoken-matcher")) AS ?unspoken) } ;
# signs: one shape a matter or bound, which looks at whomever any of its norms is about
INSERT {
  ?shape a sh:NodeShape ; sh:name ?label ; sh:description ?what ; hrge:enforces ?norm ; sh:targetClass ?target ; sh:property ?property .
  ?property a sh:PropertyShape ; sh:path ?aspect ; sh:not ?on ; sh:name ?shapeName ; sh:description ?question ; sh:message ?text ; sh:severity sh:Info ;
    hrge:enforces ?norm ; hrge:outcome c:needs-review ; hrge:reason ?reason ; hrge:generatedFrom ?sign
}
WHERE {
  ?sign hrge:_bearsOn ?norm ; hrge:_key ?key ; hrge:checksAspect ?aspect . ?aspect hrge:question ?question . ?norm hrge:appliesTo/hrge:widerReading? ?target .
  { ?sign hrge:_adverse ?on BIND("adverse" AS ?name) } UNION { ?sign hrge:_rough ?on BIND("rough" AS ?name) } UNION { ?sign hrge:_limited ?on BIND("limited" AS ?name) } UNION { ?sign hrge:_by ?on BIND("by" AS ?name) }
  OPTIONAL { ?sign a hrge:MatterFact ; hrge:ofMatter ?matter } BIND(COALESCE(?matter, ?sign) AS ?about) ?about rdfs:label ?label ; skos:definition ?what .
  BIND(IF(BOUND(?matter), "adverse fact", "number beyond a bound") AS ?reason)
  BIND(IF(BOUND(?matter), CONCAT("A fact of this matter is adverse; a person has to judge. ", STR(?question)), CONCAT("The number is beyond what anyone would expect; a person has to judge. ", STR(?question))) AS ?text)
  BIND(IRI(CONCAT(STR(hsh:), REPLACE(STR(?about), "^.*/id/([^/]+)/", "$1-"))) AS ?shape) BIND(IRI(CONCAT(STR(hsh:), ?key, "-", ?name)) AS ?property)
  BIND(CONCAT(STR(?label), ": ", STRAFTER(STR(?sign), "/id/"), " ", ?name) AS ?shapeName)
} ;
# some engines read only one sh:not of a shape, so where it has several, each stands in a shape of its own
DELETE { ?shape sh:not ?one }
INSERT { ?shape sh:node ?without . ?without a sh:NodeShape ; sh:not ?one ; hrge:generatedFrom ?source }
WHERE { ?shape sh:not ?one , ?another FILTER(?one != ?another) OPTIONAL { ?one hrge:generatedFrom ?source }
  BIND(IRI(CONCAT(REPLACE(STR(?one), "-matcher$", ""), "-not-matcher")) AS ?without) } ;
# names for the matchers
INSERT { ?matcher sh:name ?name } WHERE { VALUES ?kind { sh:NodeShape sh:PropertyShape } ?matcher a ?kind . FILTER(STRSTARTS(STR(?matcher), STR(hsh:))) FILTER NOT EXISTS { ?matcher sh:name ?any } BIND(REPLACE(STRAFTER(STR(?matcher), "#"), "-", " ") AS ?name) }
