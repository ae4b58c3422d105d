using OmniIoT.Host;

return await Launcher.RunAsync(args);
