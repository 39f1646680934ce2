# Answers beside one another: the same thing answered differently for groups that differ by a dimension on which equality is asked, help
# that people go without or are given on a ground, what two answers show together, people whom an answer takes for granted, what is said
# of the programme and shows in what its people get, and a length beyond the limit that is stated for it.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { ?view hrge:_aspect ?aspect }
WHERE { ?view hrge:viewOf ?statement ; hrge:about ?group ; hrge:says ?says . FILTER(?says IN (c:yes, c:no, c:in-part)) ?group ?aspect ?view . ?aspect rdfs:subPropertyOf hrge:groupAspect } ;
# what it speaks of: a no speaks of every kind of the thing as well, save where the question judges a whole
INSERT { ?view hrge:_speaksOf ?thing } WHERE { ?view hrge:_aspect ?aspect ; hrge:of ?thing } ;
INSERT { ?view hrge:_speaksOf ?thing }
WHERE { ?view hrge:_aspect ?aspect ; hrge:says c:no ; hrge:of/^skos:broader+ ?thing . FILTER NOT EXISTS { ?aspect hrge:aspectKind c:quality } } ;
# groups that differ: no kind of a compared dimension in common
INSERT { ?group hrge:_differsFrom ?other }
WHERE {
  ?programme hrge:serves ?group . ?group hrge:has ?named . ?named skos:inScheme ?dimension . ?dimension hrge:comparedBetweenGroups true .
  ?programme hrge:serves ?other . ?other hrge:has ?unlike . ?unlike skos:inScheme ?dimension . FILTER(?group != ?other)
  FILTER NOT EXISTS { ?group hrge:has ?kind . ?kind skos:inScheme ?dimension . ?other hrge:hasKind ?kind }
  FILTER NOT EXISTS { ?other hrge:has ?kind . ?kind skos:inScheme ?dimension . ?group hrge:hasKind ?kind }
} ;
INSERT { ?statement hrge:_reaches ?group } WHERE { ?view hrge:viewOf ?statement ; hrge:about ?group } ;
INSERT { ?view hrge:_differs ?against }
WHERE {
  ?group hrge:_differsFrom ?other . ?view hrge:about ?group ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:viewOf ?statement .
  ?against hrge:_aspect ?aspect ; hrge:about ?other ; hrge:level ?level ; hrge:viewOf ?another .
  # two answers about both groups tell no difference between them
  FILTER(NOT EXISTS { ?another hrge:_reaches ?group } || NOT EXISTS { ?statement hrge:_reaches ?other })
} ;
# kinds of people within one group
INSERT { ?view hrge:_differs ?against }
WHERE {
  ?dimension hrge:comparedBetweenGroups true . ?kind skos:inScheme ?dimension . ?unlike skos:inScheme ?dimension . FILTER(?kind != ?unlike)
  ?statement hrge:for ?kind . ?another hrge:for ?unlike .
  ?view hrge:viewOf ?statement ; hrge:about ?group ; hrge:_aspect ?aspect . ?against hrge:viewOf ?another ; hrge:about ?group ; hrge:_aspect ?aspect .
  FILTER NOT EXISTS { ?kind skos:broader* ?unlike } FILTER NOT EXISTS { ?unlike skos:broader* ?kind }
} ;
# groups that are alike, save that one has people such as get an advantage; told apart below
INSERT { ?view hrge:_differs ?against ; hrge:_disadvantaged ?against }
WHERE {
  { SELECT ?group ?other { ?kind hrge:advantageShownAs ?derived . ?other hrge:has ?kind . ?programme hrge:serves ?other , ?group . FILTER(?group != ?other)
    FILTER NOT EXISTS { ?group hrge:hasKind ?kind } FILTER NOT EXISTS { ?group hrge:_differsFrom ?other } } }
  ?view hrge:about ?group ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:viewOf ?statement . ?aspect hrge:owedToOthersAsWell ?good .
  ?against hrge:about ?other ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:viewOf ?another .
  FILTER(NOT EXISTS { ?another hrge:_reaches ?group } || NOT EXISTS { ?statement hrge:_reaches ?other })
} ;
# things of a list that are worse than its others: sleeping in a tent beside sleeping in a shelter
INSERT { ?view hrge:_unlike ?against ; hrge:_worse ?against }
WHERE {
  ?view hrge:_differs ?against ; hrge:says ?said ; hrge:of ?thing . ?against hrge:says ?saidOfOther ; hrge:of ?another . FILTER(?said != c:no && ?saidOfOther != c:no)
  FILTER(EXISTS { ?thing hrge:worseThanOthers true } || EXISTS { ?thing hrge:withoutHelpIf c:yes })
  FILTER NOT EXISTS { ?against hrge:of/(hrge:worseThanOthers|hrge:withoutHelpIf) ?either }
  FILTER NOT EXISTS { ?another skos:topConceptOf ?scheme }
} ;
# two answers that speak of nothing in common tell no difference
DELETE { ?view hrge:_differs ?against }
WHERE { ?view hrge:_differs ?against ; hrge:of ?of . FILTER NOT EXISTS { ?view hrge:_speaksOf ?thing . ?against hrge:_speaksOf ?thing } } ;
# an answer that does not hold for all, always and without a condition
INSERT { ?view hrge:_limited true }
WHERE {
  ?view hrge:_aspect ?aspect .
  FILTER(EXISTS { ?view hrge:condition|hrge:until ?limit }
      || EXISTS { ?view hrge:since ?since FILTER NOT EXISTS { ?view hrge:begun true } }
      || EXISTS { ?view hrge:frequency ?often . FILTER(?often IN (c:sometimes, c:exceptionally, c:once, c:for-few)) }
      || EXISTS { ?view hrge:quantityUnit c:percent ; hrge:quantity ?share . FILTER(?share < 50) })
} ;
# another answer about the same thing, told of those who come off worse, where the form knows which answer that is
INSERT { ?view hrge:_unlike ?against }
WHERE {
  ?view hrge:_differs ?against ; hrge:says ?said . ?against hrge:says ?saidOfOther . FILTER(?said != ?saidOfOther)
  FILTER NOT EXISTS { ?view hrge:_aspect/hrge:wanted ?wanted . FILTER(?said = ?wanted || ?said = c:in-part && ?saidOfOther != ?wanted) }
} ;
# the same answer, but limited for one of the two: the wanted one is worse so, the other one is worse without
INSERT { ?view hrge:_unlike ?against }
WHERE {
  ?view hrge:_differs ?against ; hrge:_aspect/hrge:wanted ?wanted ; hrge:says ?said . ?against hrge:says ?said .
  FILTER(EXISTS { ?view hrge:_limited true } = (?said = ?wanted)) FILTER(EXISTS { ?against hrge:_limited true } = (?said != ?wanted))
} ;
# the same answer with another number: a time that is longer or shorter, or a share that is larger or smaller
INSERT { ?view hrge:_unlike ?against }
WHERE {
  ?view hrge:_differs ?against ; hrge:says ?said ; hrge:days ?days . ?against hrge:says ?said ; hrge:days ?daysOfOther . FILTER(?said != c:no)
  ?units hrge:likeUpTo ?like .
  FILTER(?days > ?daysOfOther * ?like && NOT EXISTS { ?view hrge:_aspect/hrge:longerIsWorse false }
      || ?daysOfOther > ?days * ?like && NOT EXISTS { ?view hrge:_aspect/hrge:longerIsWorse true })
} ;
INSERT { ?view hrge:_worse ?against }
WHERE {
  ?view hrge:_unlike ?against ; hrge:says ?said ; hrge:days ?days ; hrge:_aspect/hrge:longerIsWorse ?known . ?against hrge:says ?said ; hrge:days ?daysOfOther .
  FILTER(?said != c:no)
} ;
INSERT { ?view hrge:_unlike ?against }
WHERE {
  ?view hrge:_differs ?against ; hrge:_aspect ?aspect ; hrge:says ?said ; hrge:quantityUnit ?unit ; hrge:quantity ?number .
  ?unit hrge:comparedInNumber true . ?against hrge:says ?said ; hrge:quantityUnit ?unit ; hrge:quantity ?numberOfOther .
  ?unit skos:inScheme/hrge:likeUpTo ?like .
  FILTER(?number > ?numberOfOther * ?like && !EXISTS { ?aspect hrge:wanted ?said } && !(?said != c:no && EXISTS { ?aspect hrge:withoutHelpIf c:no })
      || ?numberOfOther > ?number * ?like && !EXISTS { ?aspect hrge:wanted ?wanted . FILTER(?wanted != ?said) })
} ;
INSERT { ?group hrge:answeredDifferently ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:comparedWith ?another ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent c:whole }
WHERE {
  ?view hrge:_unlike ?against ; hrge:viewOf ?statement ; hrge:about ?group . ?against hrge:viewOf ?another . FILTER NOT EXISTS { ?view hrge:_disadvantaged ?against }
  BIND(IRI(CONCAT(STR(?view), "/differs/", MD5(STR(?against)))) AS ?found)
} ;
# help that some get who have the advantage, and others do not get, or worse; it is told of both
INSERT { ?target ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:comparedWith ?another ; hrge:about ?target ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent c:whole }
WHERE {
  ?view hrge:_disadvantaged ?against ; hrge:_unlike ?against ; hrge:_aspect ?aspect ; hrge:says ?said ; hrge:viewOf ?statement ; hrge:about ?group .
  ?aspect hrge:owedToOthersAsWell ?good . ?against hrge:says ?saidOfOther ; hrge:viewOf ?another ; hrge:about ?other .
  ?other hrge:has ?kind . ?kind hrge:advantageShownAs ?derived . FILTER NOT EXISTS { ?group hrge:hasKind ?kind }
  FILTER(?said != ?good && ?saidOfOther = ?good || ?said = ?saidOfOther && (EXISTS { ?view hrge:_worse ?against } || EXISTS { ?view hrge:quantityUnit/hrge:comparedInNumber true }
    || EXISTS { ?view hrge:_limited true } && NOT EXISTS { ?against hrge:_limited true }))
  VALUES ?turn { 1 2 }
  BIND(IF(?turn = 1, ?group, ?other) AS ?target)
  BIND(IRI(CONCAT(STR(?view), "/lesser/", STR(?turn), MD5(STR(?against)))) AS ?found)
} ;
# help that is answered differently for people who differ by one dimension, told of it alone; not compared where they differ by another
# that explains it
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:comparedWith ?another ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent c:whole }
WHERE {
  ?dimension hrge:differenceShownAs ?derived ; hrge:comparedAmong ?among .
  ?view hrge:_unlike ?against ; hrge:says ?said ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:_aspect ?aspect . ?aspect hrge:statesHelp|hrge:withoutHelpIf|hrge:givesHelpIf ?help .
  ?against hrge:viewOf ?another ; hrge:about ?other .
  FILTER(EXISTS { ?view hrge:_worse ?against } || NOT EXISTS { ?aspect hrge:withoutHelpIf|hrge:givesHelpIf ?any } || EXISTS { ?aspect hrge:withoutHelpIf|hrge:wanted ?said })
  FILTER(?group = ?other && EXISTS { ?statement hrge:for/skos:inScheme ?dimension . ?another hrge:for/skos:inScheme ?dimension }
      || ?group != ?other && EXISTS { ?group hrge:has/skos:inScheme ?dimension . ?other hrge:has/skos:inScheme ?dimension }
      && NOT EXISTS { ?group hrge:has ?kind . ?kind skos:inScheme ?dimension . ?other hrge:hasKind ?kind } && NOT EXISTS { ?other hrge:has ?kind . ?kind skos:inScheme ?dimension . ?group hrge:hasKind ?kind }
      && (EXISTS { ?group hrge:has ?same . ?same skos:inScheme ?among . ?other hrge:hasKind ?same } || EXISTS { ?other hrge:has ?same . ?same skos:inScheme ?among . ?group hrge:hasKind ?same }
       || NOT EXISTS { ?group hrge:has/skos:inScheme ?among } || NOT EXISTS { ?other hrge:has/skos:inScheme ?among }))
  BIND(IRI(CONCAT(STR(?view), "/differs/", MD5(STR(?dimension)), MD5(STR(?against)))) AS ?found)
} ;
# whoever goes without help, or gets it on a condition, seldom, or worse than others, on a ground: whichever question says so
INSERT { ?view hrge:_lacks true }
WHERE {
  { ?aspect hrge:statesHelp true ; hrge:wanted ?wanted } UNION { ?aspect hrge:withoutHelpIf c:no BIND(c:yes AS ?wanted) }
  ?view hrge:_aspect ?aspect ; hrge:says ?said ; hrge:ground ?ground .
  FILTER(?said != ?wanted || EXISTS { ?view hrge:_limited true })
} ;
INSERT { ?view hrge:_lacks true }
WHERE {
  ?view hrge:_aspect ?aspect ; hrge:says ?said ; hrge:ground ?ground .
  { ?aspect hrge:withoutHelpIf ?answer } UNION { ?view hrge:of/hrge:withoutHelpIf ?answer } UNION { ?view hrge:of/hrge:worseThanOthers true BIND(c:yes AS ?answer) }
  FILTER(?said IN (?answer, c:in-part))
} ;
INSERT { ?group hrge:goesWithout ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; ?slot ?value }
WHERE {
  ?view hrge:_lacks true ; hrge:viewOf ?statement ; hrge:about ?group .
  ?view ?slot ?value . FILTER(?slot IN (hrge:ground, hrge:level, hrge:extent, hrge:frequency, hrge:condition, hrge:since, hrge:begun, hrge:until))
  BIND(IRI(CONCAT(STR(?view), "/without")) AS ?found)
} ;
# help, or a place, that people are given on a ground: for their testimony, by order of an authority
INSERT { ?group hrge:givenOn ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; ?slot ?value }
WHERE {
  ?view hrge:_aspect ?aspect ; hrge:says ?said ; hrge:ground ?ground ; hrge:viewOf ?statement ; hrge:about ?group . FILTER(?said IN (c:yes, c:in-part))
  FILTER(EXISTS { ?aspect hrge:statesHelp true ; hrge:wanted c:yes } || EXISTS { ?aspect hrge:withoutHelpIf c:no }
      || EXISTS { ?aspect hrge:givesHelpIf c:yes . ?view hrge:of ?thing FILTER NOT EXISTS { ?thing hrge:withoutHelpIf c:yes } })
  ?view ?slot ?value . FILTER(?slot IN (hrge:ground, hrge:level, hrge:extent, hrge:frequency, hrge:condition, hrge:since, hrge:begun, hrge:until))
  BIND(IRI(CONCAT(STR(?view), "/given")) AS ?found)
} ;
# what two answers show together and neither shows alone
INSERT { ?both hrge:_firstOf ?thing } WHERE { ?both hrge:firstOf ?wide . ?thing skos:broader* ?wide } ;
INSERT { ?both hrge:_secondOf ?thing } WHERE { ?both hrge:secondOf ?wide . ?thing skos:broader* ?wide } ;
INSERT { ?view hrge:_first ?both }
WHERE {
  { SELECT ?both ?view ?said { ?both hrge:firstAspect ?aspect ; hrge:firstAnswer ?answer . ?view hrge:_aspect ?aspect . ?view hrge:says ?said . FILTER(?said = ?answer || ?said = c:in-part) } }
  FILTER(NOT EXISTS { ?both hrge:firstOf ?any } || EXISTS { ?view hrge:of ?thing . ?both hrge:_firstOf ?thing } || ?said = c:no && EXISTS { ?view hrge:_speaksOf ?denied . ?both hrge:firstOf ?denied }
      || EXISTS { ?both hrge:firstCondition ?any ; hrge:firstOf/skos:broader+ ?wide . ?view hrge:of ?wide })
  FILTER(NOT EXISTS { ?both hrge:firstCondition ?needed } || EXISTS { ?both hrge:firstCondition ?asked . ?view hrge:condition ?asked })
} ;
INSERT { ?view hrge:_second ?both }
WHERE {
  { SELECT ?both ?view ?said { ?both hrge:secondAspect ?aspect ; hrge:secondAnswer ?answer . ?view hrge:_aspect ?aspect . ?view hrge:says ?said . FILTER(?said = ?answer || ?said = c:in-part) } }
  FILTER(NOT EXISTS { ?both hrge:secondOf ?any } || EXISTS { ?view hrge:of ?thing . ?both hrge:_secondOf ?thing } || ?said = c:no && EXISTS { ?view hrge:_speaksOf ?denied . ?both hrge:secondOf ?denied })
} ;
# not of people who are none of those whom the two together are about
DELETE { ?view hrge:_first ?both }
WHERE {
  ?both hrge:aboutPeople ?people . ?view hrge:_first ?both ; hrge:about ?group ; hrge:viewOf ?statement . ?people skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
  FILTER(EXISTS { ?group hrge:hasNot ?people } || EXISTS { ?statement hrge:for/skos:inScheme ?dimension } && NOT EXISTS { ?statement hrge:for ?people })
} ;
INSERT { ?view hrge:_with ?second } WHERE { ?view hrge:_first ?both . ?second hrge:_second ?both . ?view hrge:about ?group ; hrge:level ?level . ?second hrge:about ?group ; hrge:level ?level } ;
# two answers about different kinds of people show nothing together
DELETE { ?view hrge:_with ?second }
WHERE {
  ?view hrge:_with ?second ; hrge:viewOf/hrge:for ?kind . ?second hrge:viewOf/hrge:for ?unlike .
  ?kind skos:inScheme ?dimension . ?unlike skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
  FILTER NOT EXISTS { ?kind skos:broader* ?unlike } FILTER NOT EXISTS { ?unlike skos:broader* ?kind }
} ;
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level ?level ; hrge:extent ?extent ; hrge:of ?both ; hrge:comparedWith ?beside ; hrge:together true }
WHERE {
  { SELECT ?view ?second ?both { ?view hrge:_with ?second ; hrge:_first ?both . ?second hrge:_second ?both } }
  ?view hrge:viewOf ?statement ; hrge:about ?group ; hrge:extent ?extent ; hrge:level ?level . ?both skos:inScheme/^hrge:ofScheme ?derived .
  OPTIONAL { ?second hrge:viewOf ?beside . FILTER(?beside != ?statement) }
  BIND(IRI(CONCAT(STR(?view), "/with/", MD5(CONCAT(STR(?both), STR(?second))))) AS ?found)
} ;
# answers that take such people for granted, though none says in itself that there are
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; ?slot ?value }
WHERE {
  ?kind hrge:shownAs ?derived . ?view hrge:_aspect ?aspect ; hrge:says ?said ; hrge:viewOf ?statement ; hrge:about ?group .
  FILTER(EXISTS { ?aspect hrge:answerPresumes ?kind } || ?said != c:no && (EXISTS { ?aspect hrge:yesPresumes ?kind } || EXISTS { ?view hrge:of/hrge:yesPresumes ?kind }
      || EXISTS { ?aspect hrge:yesShows ?kind . FILTER NOT EXISTS { ?aspect hrge:wanted c:no } }))
  # one that names nobody is about those of whom it is so
  FILTER(EXISTS { ?statement hrge:for ?anyone } || NOT EXISTS { ?group hrge:hasNot ?kind . ?programme hrge:serves ?group , ?those . ?those hrge:hasKind ?kind
    FILTER NOT EXISTS { ?view hrge:of/hrge:presumedOf ?people . ?those hrge:hasNot ?people } })
  ?view ?slot ?value . FILTER(?slot IN (hrge:ground, hrge:level, hrge:extent, hrge:frequency, hrge:condition, hrge:since, hrge:begun, hrge:until))
  BIND(IRI(CONCAT(STR(?view), "/shown/", MD5(STR(?kind)))) AS ?found)
} ;
# what somebody demands of the programme, and its demand was accepted
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent c:whole ; hrge:of ?demand ; hrge:comparedWith ?another ; hrge:together true }
WHERE {
  ?acceptance hrge:accepts ?asked ; hrge:shownAs ?derived ; skos:inScheme/^hrge:ofScheme ?answered .
  ?programme hrge:serves ?group ; ?asked ?statement ; ?answered ?another . ?statement hrge:says ?said ; hrge:of ?demand . ?another hrge:of ?acceptance ; hrge:says ?saidOfIt .
  FILTER(?said IN (c:yes, c:in-part)) FILTER(?saidOfIt IN (c:yes, c:in-part))
  FILTER(NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true } || EXISTS { ?group hrge:notKnownIfNamed true })
  BIND(IRI(CONCAT(STR(?statement), "/view/", MD5(STR(?group)), "/accepted")) AS ?found)
} ;
# what is said of the programme and shows in what its people get, unless a demand for it was refused; one that was accepted is told above
INSERT { ?statement hrge:_refused ?aspect }
WHERE {
  ?refusal hrge:refuses|hrge:accepts ?aspect ; skos:inScheme/^hrge:ofScheme ?answered . ?programme ?aspect ?statement ; ?answered ?another .
  ?another hrge:of ?refusal ; hrge:says c:yes ; hrge:level c:practice .
  FILTER NOT EXISTS { ?another hrge:condition|hrge:since|hrge:until|hrge:frequency|hrge:quantity|hrge:_unseen ?limited }
} ;
INSERT { ?statement hrge:_shownAs ?derived }
WHERE {
  { SELECT ?statement ?derived ?wanted ?aspect { ?aspect hrge:shownOfPeopleAs ?derived ; hrge:wanted ?wanted . ?programme ?aspect ?statement } }
  ?statement hrge:says ?said . FILTER(?said IN (c:yes, c:no, c:in-part) && ?said != ?wanted) FILTER NOT EXISTS { ?statement hrge:_refused ?aspect }
} ;
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; ?slot ?value }
WHERE {
  ?statement hrge:_shownAs ?derived . ?programme ?aspect ?statement ; hrge:serves ?group .
  FILTER(NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true } || EXISTS { ?group hrge:notKnownIfNamed true })
  FILTER(NOT EXISTS { ?statement hrge:for ?anyone } || EXISTS { ?statement hrge:for ?group } || EXISTS { ?statement hrge:for ?kind . ?kind skos:inScheme ?any FILTER NOT EXISTS { ?group hrge:hasNot ?kind } })
  ?statement ?slot ?value . FILTER(?slot IN (hrge:of, hrge:ground, hrge:level, hrge:extent, hrge:frequency, hrge:condition, hrge:since, hrge:begun, hrge:until))
  BIND(IRI(CONCAT(STR(?statement), "/view/", MD5(STR(?group)), "/shown")) AS ?found)
} ;
# nor does what nobody has seen show that others are there too
INSERT { ?view hrge:_limited true } WHERE { ?view hrge:_unseen true ; hrge:_aspect ?aspect } ;
# people who belong together, and which of them there are in a group
INSERT { ?group hrge:_apartAs ?derived ; hrge:_hasSide ?side . ?side hrge:_inDimension ?dimension }
WHERE {
  { SELECT ?kind ?derived ?side ?dimension { ?kind hrge:apartShownAs ?derived ; hrge:apartBetween ?dimension . ?side skos:inScheme ?dimension } }
  ?programme hrge:serves ?group . ?group hrge:has ?kind . FILTER NOT EXISTS { ?group hrge:hasNot ?side }
} ;
# within a group that has nobody else, they may be parted by another dimension as well
INSERT { ?group hrge:_hasSideWithin ?side . ?side hrge:_inDimension ?dimension }
WHERE {
  { SELECT ?kind ?family ?side ?dimension { ?kind hrge:apartWithinBetween ?dimension ; skos:inScheme ?family . ?side skos:inScheme ?dimension } }
  ?programme hrge:serves ?group . ?group hrge:has ?kind . FILTER NOT EXISTS { ?group hrge:hasNot ?side }
  FILTER NOT EXISTS { ?group hrge:has ?others . ?others skos:inScheme ?family . FILTER(?others != ?kind) }
} ;
# those of them whom an answer names, or, in a dimension in which it names nobody, all
INSERT { ?view hrge:_side ?side ; hrge:_names ?dimension }
WHERE { ?group hrge:_hasSide|hrge:_hasSideWithin ?side . ?side hrge:_inDimension ?dimension . ?view hrge:about ?group ; hrge:viewOf/hrge:for ?side } ;
INSERT { ?view hrge:_side ?side }
WHERE {
  ?group hrge:_hasSide|hrge:_hasSideWithin ?side . ?side hrge:_inDimension ?dimension . ?view hrge:about ?group ; hrge:_aspect ?aspect .
  FILTER NOT EXISTS { ?view hrge:_names ?dimension }
} ;
# a programme that does only what gives nobody a place, and of which no place is stated: whoever is kept out of it is parted from nobody
INSERT { ?programme hrge:_placesSome true }
WHERE {
  ?aspect hrge:placesPeople true . FILTER NOT EXISTS { ?aspect hrge:keepsOut true }
  ?view hrge:_aspect ?aspect ; hrge:says ?said ; hrge:about ?group . FILTER(?said != c:no) ?programme hrge:serves ?group
} ;
INSERT { ?programme hrge:_placesNobody true }
WHERE {
  ?activity hrge:placesNobody true ; skos:inScheme ?scheme . ?programme hrge:has ?activity ; hrge:serves ?any .
  FILTER NOT EXISTS { ?programme hrge:has ?other . ?other skos:inScheme ?scheme . FILTER NOT EXISTS { ?other hrge:placesNobody true } }
  FILTER NOT EXISTS { ?programme hrge:_placesSome true }
} ;
# where they are: a place, or what is so of them
INSERT { ?view hrge:_placed true }
WHERE {
  ?view hrge:_side ?side ; hrge:_aspect ?aspect ; hrge:says ?said ; hrge:about ?group . FILTER(?said != c:no)
  FILTER(EXISTS { ?aspect hrge:placesPeople true } || EXISTS { ?view hrge:of/hrge:placesPeople true })
  FILTER NOT EXISTS { ?aspect hrge:keepsOut true . ?programme hrge:serves ?group ; hrge:_placesNobody true }
} ;
# the others are not there, or go to another place and nobody says that they are there too
INSERT { ?view hrge:_without ?against }
WHERE {
  ?view hrge:_placed true ; hrge:_side ?side ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:viewOf ?statement ; hrge:about ?group . ?group hrge:_apartAs ?derived .
  ?against hrge:_side ?otherSide ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:viewOf ?another ; hrge:about ?other ; hrge:says ?said . ?other hrge:_apartAs ?derived .
  ?programme hrge:serves ?group , ?other . ?side hrge:_inDimension ?dimension . ?otherSide hrge:_inDimension ?dimension .
  FILTER(?side != ?otherSide && ?statement != ?another)
  FILTER NOT EXISTS { ?view hrge:_side ?otherSide }
  # in one group both name such people; two answers about both of two groups tell no difference between them
  FILTER(?group = ?other && EXISTS { ?statement hrge:for ?side . ?another hrge:for ?otherSide }
      || ?group != ?other && EXISTS { ?group hrge:_hasSide ?side } && NOT EXISTS { ?statement hrge:_reaches ?other } && NOT EXISTS { ?another hrge:_reaches ?group })
  # nor what had ended before the other began
  FILTER NOT EXISTS { ?view hrge:until ?end . ?against hrge:since ?start . FILTER(STR(?end) = STR(?start) || STR(?end) < STR(?start) && !STRSTARTS(STR(?start), STR(?end))) }
  FILTER NOT EXISTS { ?against hrge:until ?end . ?view hrge:since ?start . FILTER(STR(?end) = STR(?start) || STR(?end) < STR(?start) && !STRSTARTS(STR(?start), STR(?end))) }
  FILTER(?said = c:no && (NOT EXISTS { ?view hrge:of ?any } || EXISTS { ?view hrge:_speaksOf ?thing . ?against hrge:_speaksOf ?thing })
      || EXISTS { ?against hrge:_placed true } && EXISTS { ?view hrge:of ?place . ?against hrge:of ?otherPlace })
  # nor where such people are there too; a no about them alone stands against that
  FILTER(?said = c:no && NOT EXISTS { ?against hrge:_side ?side } || NOT EXISTS {
    ?too hrge:_placed true ; hrge:_side ?otherSide ; hrge:_aspect ?aspect ; hrge:level ?level ; hrge:about ?third . ?programme hrge:serves ?third .
    FILTER(NOT EXISTS { ?view hrge:of ?any } || EXISTS {
      ?view hrge:of ?place . ?too hrge:of ?samePlace . FILTER(EXISTS { ?samePlace skos:broader* ?place } || EXISTS { ?place skos:broader* ?samePlace }) }) })
} ;
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:comparedWith ?another ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level ?level ; hrge:extent c:whole }
WHERE {
  ?view hrge:_without ?against ; hrge:level ?level ; hrge:viewOf ?one ; hrge:about ?those . ?those hrge:_apartAs ?derived . ?against hrge:viewOf ?other ; hrge:about ?others .
  # told once where it is so of both
  FILTER(NOT EXISTS { ?against hrge:_without ?view } || STR(?view) < STR(?against))
  VALUES ?turn { 1 2 }
  BIND(IF(?turn = 1, ?those, ?others) AS ?group) BIND(IF(?turn = 1, ?one, ?other) AS ?statement) BIND(IF(?turn = 1, ?other, ?one) AS ?another)
  BIND(IRI(CONCAT(STR(?view), "/apart/", STR(?turn), MD5(STR(?against)))) AS ?found)
} ;
# some of them alone are said to be taken away, or kept out, and nobody says that the others are there too: each thing that says so, or
# the aspect
INSERT { ?view hrge:_takenAway ?what }
WHERE {
  { ?aspect hrge:takesAwayIf ?answer . ?view hrge:_aspect ?aspect ; hrge:_side ?any ; hrge:says ?said . FILTER(?said IN (?answer, c:in-part))
    OPTIONAL { ?view hrge:of ?of } BIND(COALESCE(?of, ?aspect) AS ?what)
    FILTER NOT EXISTS { ?aspect hrge:keepsOut true . ?view hrge:about ?group . ?programme hrge:serves ?group ; hrge:_placesNobody true } }
  UNION { ?what hrge:takesAwayIf c:yes . ?view hrge:of ?what ; hrge:_side ?any ; hrge:says ?said . FILTER(?said != c:no) }
} ;
INSERT { ?view hrge:_onlySide ?side }
WHERE {
  ?view hrge:_takenAway ?what ; hrge:_side ?side . ?side hrge:_inDimension ?dimension .
  FILTER NOT EXISTS { ?view hrge:_side ?second . ?second hrge:_inDimension ?dimension . FILTER(?second != ?side) }
  FILTER NOT EXISTS { ?view hrge:_without|^hrge:_without ?told }
} ;
INSERT { ?view hrge:_alone ?otherSide }
WHERE {
  { SELECT ?view ?side ?what ?aspect ?said ?level ?programme ?dimension {
    ?view hrge:_onlySide ?side ; hrge:_takenAway ?what ; hrge:_aspect ?aspect ; hrge:says ?said ; hrge:level ?level ; hrge:about ?group . ?programme hrge:serves ?group . ?side hrge:_inDimension ?dimension } }
  ?otherSide hrge:_inDimension ?dimension . FILTER(?side != ?otherSide)
  # nobody: not by an answer that is limited, or in part, where this one is not, nor about a wider thing or another time
  FILTER NOT EXISTS {
    ?too hrge:_aspect ?aspect ; hrge:level ?level ; hrge:says ?saidToo ; hrge:about ?third ; hrge:_side ?another . ?programme hrge:serves ?third .
    ?another hrge:_inDimension ?dimension . FILTER(?another != ?side && (?said = c:no) = (?saidToo = c:no) && (?saidToo != c:in-part || ?said = c:in-part))
    FILTER(?what = ?aspect && EXISTS { ?too hrge:_takenAway ?aspect } || EXISTS { ?too hrge:of/skos:broader* ?what })
    FILTER(EXISTS { ?view hrge:_limited true } || NOT EXISTS { ?too hrge:_limited true })
    FILTER(EXISTS { ?too hrge:viewOf ?answer } || EXISTS { ?too hrge:extent c:whole })
    FILTER NOT EXISTS { ?view hrge:until ?end . ?too hrge:since ?start . FILTER(STR(?end) = STR(?start) || STR(?end) < STR(?start) && !STRSTARTS(STR(?start), STR(?end))) }
    FILTER NOT EXISTS { ?too hrge:until ?end . ?view hrge:since ?start . FILTER(STR(?end) = STR(?start) || STR(?end) < STR(?start) && !STRSTARTS(STR(?start), STR(?end))) }
  }
  # nor where a group says it of itself, or an answer says that they are detained together
  FILTER NOT EXISTS {
    ?kind hrge:statesAspect ?aspect ; skos:inScheme ?states . ?programme hrge:serves ?those . ?those hrge:has ?kind ; hrge:_hasSide ?otherSide .
    FILTER NOT EXISTS { ?those hrge:has ?also . ?also skos:inScheme ?states . FILTER(?also != ?kind) }
  }
  FILTER NOT EXISTS {
    ?is hrge:saysTogether ?shown . ?beside hrge:of ?is ; hrge:_aspect ?any ; hrge:level ?level ; hrge:about ?whom ; hrge:says ?saidBeside . ?programme hrge:serves ?whom .
    FILTER(?saidBeside = c:yes || ?saidBeside = c:in-part && ?said = c:in-part) FILTER(EXISTS { ?view hrge:_limited true } || NOT EXISTS { ?beside hrge:_limited true })
    FILTER(EXISTS { ?aspect hrge:yesShows|hrge:yesPresumes ?shown } || EXISTS { ?view hrge:of/(hrge:yesShows|hrge:yesPresumes) ?shown })
  }
} ;
INSERT { ?group ?derived ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; hrge:level ?level ; hrge:extent c:whole }
WHERE {
  ?view hrge:_alone ?otherSide ; hrge:level ?level ; hrge:viewOf ?statement ; hrge:about ?those . ?those hrge:_apartAs ?derived .
  { ?those hrge:_hasSide|hrge:_hasSideWithin ?otherSide BIND(?those AS ?group) }
  UNION {
    ?programme hrge:serves ?those , ?others . ?others hrge:_apartAs ?derived ; hrge:_hasSide ?otherSide . FILTER(?others != ?those)
    VALUES ?turn { 1 2 } BIND(IF(?turn = 1, ?those, ?others) AS ?group)
  }
  BIND(IRI(CONCAT(STR(?view), "/alone/", MD5(STR(?group)))) AS ?found)
} ;
# the same of what groups say of themselves
INSERT { ?target ?derived ?found . ?found a hrge:StatementView ; hrge:about ?target ; hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent c:whole }
WHERE {
  { SELECT ?group ?kind ?states ?side ?derived ?programme { ?kind hrge:takesAwayIf c:yes ; skos:inScheme ?states . ?states hrge:groupDimension true . ?group hrge:has ?kind ; hrge:_hasSide ?side ; hrge:_apartAs ?derived . ?programme hrge:serves ?group } }
  ?programme hrge:serves ?other . ?other hrge:_apartAs ?derived ; hrge:_hasSide ?otherSide . FILTER(?other != ?group && ?side != ?otherSide)
  FILTER NOT EXISTS { ?group hrge:_hasSide ?otherSide }
  FILTER NOT EXISTS { ?kind hrge:keepsOut true . ?programme hrge:_placesNobody true }
  # some of the others are there too, and some are not, where all of these are
  FILTER NOT EXISTS {
    ?other hrge:hasKind ?kind . FILTER(NOT EXISTS { ?other hrge:has ?also . ?also skos:inScheme ?states . FILTER(?also != ?kind) }
      || EXISTS { ?group hrge:has ?own . ?own skos:inScheme ?states . FILTER(?own != ?kind) })
  }
  FILTER NOT EXISTS { ?programme hrge:serves ?third . ?third hrge:has ?kind ; hrge:_hasSide ?otherSide . FILTER(?third != ?other) }
  # one that is no fact in itself, only beside others of whom something else is stated
  FILTER(EXISTS { ?kind hrge:statesAspect ?fact } || EXISTS { ?other hrge:has/skos:inScheme ?states })
  FILTER NOT EXISTS { ?kind hrge:statesAspect ?aspect . ?too hrge:_aspect ?aspect ; hrge:_side ?otherSide ; hrge:says c:yes ; hrge:viewOf ?answer ; hrge:about ?whom . ?programme hrge:serves ?whom . FILTER NOT EXISTS { ?too hrge:_limited true } }
  VALUES ?turn { 1 2 } BIND(IF(?turn = 1, ?group, ?other) AS ?target)
  BIND(IRI(CONCAT(STR(?target), "/view/", MD5(STR(?derived)))) AS ?found)
} ;
# people stay longer than the limit that is stated
INSERT { ?group hrge:stayBeyondLimit ?found . ?found a hrge:StatementView ; hrge:viewOf ?statement ; hrge:comparedWith ?another ; hrge:about ?group ;
    hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent ?extent ; hrge:days ?days }
WHERE {
  ?view hrge:days ?days ; hrge:_aspect ?length ; hrge:about ?group ; hrge:says ?said ; hrge:viewOf ?statement ; hrge:extent ?extent .
  ?length hrge:limitedBy ?limit . ?against hrge:_aspect ?limit ; hrge:about ?group ; hrge:days ?most ; hrge:says ?saidOfLimit ; hrge:viewOf ?another .
  FILTER(?said IN (c:yes, c:in-part)) FILTER(?saidOfLimit IN (c:yes, c:in-part)) FILTER(?days > ?most)
  BIND(IRI(CONCAT(STR(?view), "/beyond/", MD5(STR(?against)))) AS ?found)
} ;
DELETE { ?x ?scratch ?y } WHERE { VALUES ?scratch { hrge:_aspect hrge:_speaksOf hrge:_differs hrge:_disadvantaged hrge:_differsFrom hrge:_reaches hrge:_unlike hrge:_worse hrge:_unseen hrge:_limited hrge:_lacks hrge:_first hrge:_firstOf hrge:_second hrge:_secondOf hrge:_with hrge:_refused hrge:_shownAs hrge:_side hrge:_hasSide hrge:_hasSideWithin hrge:_inDimension hrge:_names hrge:_apartAs hrge:_placed hrge:_without hrge:_takenAway hrge:_onlySide hrge:_alone hrge:_placesSome hrge:_placesNobody } ?x ?scratch ?y }
