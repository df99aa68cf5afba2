# Types $1 into a zsh that has read ./assetsync.zsh, presses Tab, and writes what is offered into ./offered.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1= PROMPT2=; autoload -Uz compinit; compinit -u -D; source ./assetsync.zsh
assetsync() { print lamps }
compadd() {
  [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] || { local -a hits; builtin compadd -A hits "$@"; print -rl -- $hits >> offered }
  builtin compadd "$@"
}
tab() { zle complete-word; print "DO""NE" }
zle -N tab; bindkey "^I" tab; : > offered; print "REA""DY"'
zpty -r shell said '*READY*'
zpty -w -n shell "$1"$'\t'
zpty -r shell said '*DONE*'
zpty -d shell
