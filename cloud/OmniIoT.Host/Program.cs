using OmniIoT.Host;
using OmniIoT.Processes;

CancellationToken stopping = StopSignal.Listen();
return await Launcher.RunAsync(args, stopping);
