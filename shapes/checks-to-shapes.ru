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
  ?adverse hrge:generatedFrom ?check . ?favourable hrge:generatedFrom ?check . ?witness hrge:generatedFrom ?check . ?part hrge:generatedFrom ?check . ?rule hrge:generatedFrom ?check . ?outside hrge:generatedFrom ?check .
  ?part a sh:NodeShape ; sh:node ?favourable ; sh:property hsh:Practice ; sh:not ?witness . ?rule a sh:NodeShape ; sh:node ?favourable ; sh:not hsh:Practice .
  ?outside a sh:NodeShape ; sh:property hsh:SaysDoesNotApply ; sh:node ?full .
  ?check hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_witness ?witness ; hrge:_part ?part ; hrge:_rule ?rule ; hrge:_outside ?outside
}
WHERE {
  ?check hrge:_key ?key ; hrge:wants ?wants ; hrge:_full ?full .
  BIND(IF(?wants = c:no, hsh:SaysYesOrInPart, hsh:SaysNo) AS ?badSign)
  BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYesOrInPart) AS ?goodSign)
  BIND(IF(?wants = c:no, hsh:SaysNo, hsh:SaysYes) AS ?fullSign)
  BIND(CONCAT(STR(hsh:), ?key) AS ?base)
  BIND(IRI(CONCAT(?base, "-adverse-matcher")) AS ?adverse) BIND(IRI(CONCAT(?base, "-favourable-matcher")) AS ?favourable) BIND(IRI(CONCAT(?base, "-witness-matcher")) AS ?witness)
  BIND(IRI(CONCAT(?base, "-part-matcher")) AS ?part) BIND(IRI(CONCAT(?base, "-rule-matcher")) AS ?rule) BIND(IRI(CONCAT(?base, "-outside-matcher")) AS ?outside)
} ;
# direction: what the statement has to be about
INSERT { ?adverse sh:property ?within . ?favourable sh:property ?covering . ?outside sh:property ?covering }
WHERE { ?check hrge:wants c:no ; hrge:_of/hrge:_within ?within ; hrge:_of/hrge:_covering ?covering ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_outside ?outside } ;
INSERT { ?adverse sh:or ( ?within ?covering ) }
WHERE { ?check hrge:wants c:yes ; hrge:_of ?of ; hrge:_adverse ?adverse . ?of hrge:_within ?within ; hrge:_covering ?covering . FILTER NOT EXISTS { ?check hrge:sufficient c:some } } ;
# where anything narrower is enough, a no about part of it is no concern: it leaves the rest to be asked
INSERT { ?adverse sh:property ?covering }
WHERE { ?check hrge:wants c:yes ; hrge:sufficient c:some ; hrge:_of/hrge:_covering ?covering ; hrge:_adverse ?adverse } ;
INSERT { ?favourable sh:property ?within . ?witness sh:property ?witnessOf . ?outside sh:property ?covering }
WHERE {
  ?check hrge:wants c:yes ; hrge:_of ?of ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_witness ?witness ; hrge:_outside ?outside .
  ?of hrge:_within ?within ; hrge:_covering ?covering ; hrge:_exactly ?exactly .
  # a full yes about part of it is not in part where the check only raises a review: the norm asks for something else
  BIND(IF(EXISTS { ?check hrge:onlyAdverse true ; hrge:raises ?raised }, ?within, IF(EXISTS { ?check hrge:sufficient c:some }, ?within, ?exactly)) AS ?witnessOf)
} ;
# a ground that an adverse statement has to rest on
INSERT { ?adverse sh:property ?path . ?path a sh:PropertyShape ; sh:path hrge:ground ; sh:hasValue ?ground ; hrge:generatedFrom ?check }
WHERE { ?check hrge:checksGround ?ground ; hrge:_adverse ?adverse . BIND(IRI(CONCAT(STR(?adverse), "-ground")) AS ?path) } ;
# a yes about something wider does not say whether it is so of this
INSERT { ?unclear a sh:NodeShape ; hrge:generatedFrom ?check ; sh:property hsh:SaysYesOrInPart , ?covering ; sh:not ?within . ?check hrge:_unclear ?unclear }
WHERE {
  ?check hrge:_key ?key ; hrge:_of ?of . ?of hrge:_within ?within ; hrge:_covering ?covering ; skos:broader ?wider . FILTER NOT EXISTS { ?check hrge:onlyAdverse true }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-unclear-matcher")) AS ?unclear)
} ;

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
INSERT { ?check hrge:_concern ?adverse } WHERE { ?check hrge:_adverse ?adverse . FILTER NOT EXISTS { ?check hrge:limit ?limit } } ;

# 4 outcome shapes: each fires (sh:not) on the statement that is its evidence
INSERT { ?check hrge:_fires [ hrge:_on ?on ; hrge:_name ?name ; hrge:outcome ?outcome ; hrge:_level ?level ; hrge:_text ?text ; hrge:reason ?reason ] }
WHERE {
  { ?check hrge:_concern ?on ; hrge:concernMessage ?text ; hrge:_severity ?level . FILTER NOT EXISTS { ?check hrge:raises ?other } BIND("concern" AS ?name) BIND(c:concern AS ?outcome) BIND("stated" AS ?reason) }
  UNION { ?check hrge:_concern ?on ; hrge:concernMessage ?text ; hrge:raises ?outcome . BIND("raised" AS ?name) BIND(sh:Info AS ?level) BIND("two readings" AS ?reason) }
  UNION { ?check hrge:_witness ?on ; hrge:_asks true ; hrge:metMessage ?text ; hrge:_kind c:meet-or-flag . BIND("met" AS ?name) BIND(c:met AS ?outcome) BIND(sh:Info AS ?level) BIND("stated" AS ?reason) }
  UNION { ?check hrge:_part ?on ; hrge:_asks true ; hrge:metMessage ?met ; hrge:_kind c:meet-or-flag . BIND("in-part" AS ?name) BIND(c:stated-in-part AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND(CONCAT("Stated for part of it only (of the people, the thing, the time, or on a condition): ", STR(?met)) AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_part ?on ; hrge:onlyAdverse true ; hrge:wants c:yes ; hrge:_kind c:meet-or-flag . BIND("in-part" AS ?name) BIND(c:stated-in-part AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND(CONCAT("Stated for part of it only (of the people, the thing, the time, or on a condition). ", STR(?question)) AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_witness ?on ; hrge:_asks true ; hrge:_kind c:flag-only . BIND("review" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("open words" AS ?reason)
    BIND(CONCAT("What is stated is not of concern, but the norm's words are open; a person has to judge. ", STR(?question)) AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_part ?on ; hrge:_asks true ; hrge:_kind c:flag-only . BIND("review-part" AS ?name) BIND(c:needs-review AS ?outcome) BIND(sh:Info AS ?level) BIND("open words" AS ?reason)
    BIND(CONCAT("What is stated covers only part of it, and the norm's words are open; a person has to judge. ", STR(?question)) AS ?text) }
  UNION { ?check hrge:_witness ?on ; hrge:_asks true ; hrge:_kind c:sets-a-condition-of-lawfulness . BIND("does-not-arise" AS ?name) BIND(c:not-applicable AS ?outcome) BIND(sh:Info AS ?level) BIND("does not arise" AS ?reason)
    BIND("Stated: what the norm sets terms for does not happen." AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_part ?on ; hrge:_asks true ; hrge:_kind c:sets-a-condition-of-lawfulness . BIND("said-in-part" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("stated in part" AS ?reason)
    BIND(CONCAT("Stated for part of it only; say how it is for the rest. ", STR(?question)) AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_rule ?on ; hrge:_asks true . BIND("rule-only" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("rule without practice" AS ?reason)
    BIND(CONCAT("A rule is stated, but not what happens in practice. In practice: ", STR(?question)) AS ?text) }
  UNION { ?check hrge:checksAspect/hrge:question ?question . ?check hrge:_unclear ?on ; hrge:_of/skos:prefLabel ?label . BIND("unclear" AS ?name) BIND(c:not-stated AS ?outcome) BIND(sh:Info AS ?level) BIND("stated too generally" AS ?reason)
    BIND(CONCAT("The answer is about something wider; say whether it is so of: ", STR(?label), ". ", STR(?question)) AS ?text) }
  UNION { ?check hrge:_outside ?on ; hrge:_asks true . BIND("does-not-apply" AS ?name) BIND(c:not-applicable AS ?outcome) BIND(sh:Info AS ?level) BIND("stated by the author" AS ?reason)
    BIND("The description says that this does not apply; that is its author's word." AS ?text) }
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
  ?norm rdfs:label ?normLabel ; hrge:quote ?quote ; hrge:appliesTo ?target .
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
  ?aspect hrge:question ?question . ?norm rdfs:label ?normLabel ; hrge:quote ?quote ; hrge:appliesTo ?target .
  OPTIONAL { ?check hrge:checksOf/skos:prefLabel ?ofLabel }
  BIND(IRI(CONCAT(STR(hsh:), ?key, "-silent")) AS ?property) BIND(IRI(CONCAT(STR(hsh:), ?normKey)) AS ?shape) BIND(IRI(CONCAT(STR(hsh:), ?key, "-spoken-matcher")) AS ?spoken)
  BIND(CONCAT(STR(?normLabel), ": silent") AS ?shapeName)
  BIND(CONCAT("Not stated. ", IF(BOUND(?ofLabel), CONCAT("As to ", STR(?ofLabel), ": "), ""), STR(?question)) AS ?text)
} ;
INSERT { ?spoken sh:or ( ?adverse ?favourable ?outside ) }
WHERE { ?check hrge:_spoken ?spoken ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_outside ?outside . FILTER NOT EXISTS { ?check hrge:_unclear ?unclear } } ;
INSERT { ?spoken sh:or ( ?adverse ?favourable ?outside ?unclear ) }
WHERE { ?check hrge:_spoken ?spoken ; hrge:_adverse ?adverse ; hrge:_favourable ?favourable ; hrge:_outside ?outside ; hrge:_unclear ?unclear } ;
# names for the matchers
INSERT { ?matcher sh:name ?name } WHERE { VALUES ?kind { sh:NodeShape sh:PropertyShape } ?matcher a ?kind . FILTER(STRSTARTS(STR(?matcher), STR(hsh:))) FILTER NOT EXISTS { ?matcher sh:name ?any } BIND(REPLACE(STRAFTER(STR(?matcher), "#"), "-", " ") AS ?name) }
