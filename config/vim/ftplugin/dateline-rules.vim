" Lines of a stanza are indented by two spaces; :make checks the configuration.
if exists("b:did_ftplugin")
	finish
endif
let b:did_ftplugin = 1
setlocal expandtab shiftwidth=2 softtabstop=2 nowrap
setlocal comments=:# commentstring=#\ %s
setlocal makeprg=dateline\ check-config\ --config\ %:p:h:h
setlocal errorformat=%f:%l:\ %m,%.%#:\ %f:%l:\ %m
let b:undo_ftplugin = "setl et< sw< sts< wrap< com< cms< mp< efm<"
