" Vim syntax file for the rules of dateline, dateline-rules(5)
if exists("b:current_syntax")
	finish
endif

syntax case match
syntax sync minlines=1
" What nothing below takes is wrong: of two matches the later one counts.
syntax match dlrBad "^\S\+"
syntax match dlrUnknown "^\s\+[^# \t]\S*"
syntax match dlrFirst "\%1l^%dateline-rules.*$"
syntax match dlrComment "^\s*#.*$"

" Stanzas
syntax match dlrStanza "^\(rule\|frame\|let\)\>" nextgroup=dlrName skipwhite
syntax match dlrName "\S\+" contained nextgroup=dlrVersion,dlrIs skipwhite
syntax match dlrVersion "\d\+\s*$" contained
syntax match dlrIs "=" contained nextgroup=dlrPattern skipwhite

syntax match dlrStanza "^discard\>" nextgroup=dlrPattern skipwhite

" Lines of a stanza
syntax match dlrKey "^\s\+\(kind\)\>" nextgroup=dlrKind skipwhite
syntax match dlrKey "^\s\+\(match\|unless\)\>" nextgroup=dlrPattern skipwhite
syntax match dlrKey "^\s\+\(use\)\>" nextgroup=dlrFrame skipwhite
syntax match dlrKey "^\s\+\(set\|default\|fill\|guard\|after\|confidence\)\>" nextgroup=dlrValue skipwhite
syntax match dlrExample "^\s\+\(yes\|no\|live\|todo\)\>" nextgroup=dlrText skipwhite

syntax match dlrFrame "\S\+" contained nextgroup=dlrPattern skipwhite
syntax match dlrPattern ".*" contained contains=@dlrParts
syntax match dlrValue ".*" contained contains=dlrSlot,dlrStatus,dlrPolarity,dlrFrom,dlrType,dlrKind,dlrNumber,dlrWithin
syntax match dlrText ".*" contained contains=dlrMention,dlrWant

" Patterns
syntax cluster dlrParts contains=dlrMentions,dlrLet,dlrGap,dlrHead,dlrNot,dlrGroup,dlrMaybe,dlrEnds,dlrReason,dlrHole,dlrRaw
syntax region dlrMentions start="{" end="}" contained oneline contains=dlrType,dlrSlot
syntax match dlrLet "<[^>]*>" contained
syntax match dlrGap "\~\+\d\+" contained
syntax match dlrHead "!" contained
syntax match dlrNot "-(\@=" contained
syntax match dlrGroup "[(|)]" contained
syntax match dlrMaybe "?" contained
syntax match dlrEnds "\(^\|\s\|(\|;\||\)\@<=[$^]" contained
syntax match dlrRaw "\(^\|\s\|(\||\|!\)\@<=/[^/ |)?][^/ ]*/" contained
syntax match dlrReason " => .*$" contained
syntax match dlrHole "\<[A-Z][A-Z0-9]*=" contained

" Examples
syntax match dlrMention "\[[A-Z]\+ [^]]*\]" contained contains=dlrType
syntax match dlrWant "=> .*$" contained contains=dlrSlot,dlrPolarity

" Words of the language
syntax keyword dlrKind contained membership cohort network_total member_list exclusivity event office_holder nomination award partner_count programme_launch
syntax keyword dlrStatus contained joined member founding_member associate_member designated renewed reinstated candidate nominated applied unsuccessful suspended excluded withdrawn lost expired same
syntax keyword dlrPolarity contained asserted planned hypothetical negated
syntax keyword dlrSlot contained subject network count countries scope ordinal date place person role organisation event member status polarity
syntax match dlrFrom "\<\(doc\.date\|doc\.network\|doc\.city\|doc\.organisation\|doc\.subject\|sentence\.subject\|none\)\>" contained
syntax match dlrType "\<\(CITY\|REGION\|COUNTRY\|NATIONALITY\|DATE\|NETWORK\|TITLE\|ORGANISATION\|PERSON\|ROLE\|EVENT\|COUNT\(\.\(member\|old\|new\|others\|country\|people\|partner\|bare\|ordinal\)\)\?\)\>" contained
syntax match dlrNumber "-\?\<\d\+\(\.\d\+\)\?\(\.\.-\?\d\+\)\?" contained
syntax keyword dlrWithin contained within

highlight default link dlrFirst PreProc
highlight default link dlrComment Comment
highlight default link dlrBad Error
highlight default link dlrUnknown Error
highlight default link dlrStanza Keyword
highlight default link dlrName Identifier
highlight default link dlrVersion Number
highlight default link dlrKey Statement
highlight default link dlrExample PreCondit
highlight default link dlrFrame Identifier
highlight default link dlrType Type
highlight default link dlrSlot Identifier
highlight default link dlrLet Macro
highlight default link dlrHole Macro
highlight default link dlrGap Operator
highlight default link dlrHead Special
highlight default link dlrNot Operator
highlight default link dlrGroup Delimiter
highlight default link dlrMaybe Operator
highlight default link dlrEnds Operator
highlight default link dlrRaw String
highlight default link dlrReason Comment
highlight default link dlrMention String
highlight default link dlrWant Constant
highlight default link dlrKind Type
highlight default link dlrStatus Constant
highlight default link dlrPolarity Constant
highlight default link dlrFrom Constant
highlight default link dlrNumber Number
highlight default link dlrWithin Statement

let b:current_syntax = "dateline-rules"
