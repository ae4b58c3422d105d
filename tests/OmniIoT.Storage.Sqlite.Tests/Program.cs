using OmniIoT.Storage.Sqlite.Tests;

return args is [CommitLoop.Verb, string directory]
    ? CommitLoop.Run(directory)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
