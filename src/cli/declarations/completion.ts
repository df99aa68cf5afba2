import { VALUES } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const completion: Declaration = {
  name: 'completion',
  summary: 'print a script that makes a shell complete assetsync',
  args: [{ words: '[shell]', description: 'bash, zsh or fish' }],
  options: [VALUES],
  help: `The script completes commands, options and their values: formats, presets and target types, the targets of the config
that is in force, and the ids of past runs. Names of targets and runs are looked up while you type.

To have it in every new shell, put the line for yours where the shell looks:

  bash   ~/.bashrc                      source <(assetsync completion bash)
  zsh    ~/.zshrc, after compinit       source <(assetsync completion zsh)
  fish   ~/.config/fish/config.fish     assetsync completion fish | source

Examples:
  source <(assetsync completion bash)
  assetsync completion zsh > ~/.zfunc/_assetsync
  assetsync completion fish > ~/.config/fish/completions/assetsync.fish`,
  load: async () => (await import('../commands/completion.ts')).completion,
}
