using System.CommandLine;
using OmniIoT.Simulators;

var root = new RootCommand("Simulated products, shoppers, recorded machines and load for an OmniIoT host, over real MQTT and HTTP.")
{
    FleetCommand.Create(),
    ShoppersCommand.Create(),
    ReplayCommand.Create(),
    DemoCommand.Create(),
    LoadCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
