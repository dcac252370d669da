" Rules of dateline, dateline-rules(5); other programs have files of that name.
autocmd BufNewFile,BufRead *.rules
	\ if getline(1) =~# '^%dateline-rules' | set filetype=dateline-rules | endif
