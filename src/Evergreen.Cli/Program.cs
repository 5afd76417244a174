using Evergreen.Cli;

return CommandLine.Run(args);
