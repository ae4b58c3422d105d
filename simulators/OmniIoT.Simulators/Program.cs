using System.CommandLine;
using OmniIoT.Processes;
using OmniIoT.Simulators.Commands;

CancellationToken stopping = StopSignal.Listen();
RootCommand root = new("Simulated products, shoppers, recorded machines and load for an OmniIoT host, over real MQTT and HTTP.")
{
    FleetCommand.Create(),
    ShoppersCommand.Create(),
    ReplayCommand.Create(),
    DemoCommand.Create(),
    ChannelsCommand.Create(),
    LoadCommand.Create(),
};

// Without its own handling of signals: it begins once the action runs, ends before the process does, and cuts short in between.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stopping);
