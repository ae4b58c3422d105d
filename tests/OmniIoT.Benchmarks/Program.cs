using System.CommandLine;
using BenchmarkDotNet.Running;
using OmniIoT.Benchmarks;
using OmniIoT.Simulators;

var repository = FindRepository();

var bench = new Command("bench", "BenchmarkDotNet over codec, rules and fences; further arguments are its own.") { TreatUnmatchedTokensAsErrors = false };
bench.SetAction(result => BenchmarkSwitcher.FromAssembly(typeof(HotPathBenchmarks).Assembly).Run(result.UnmatchedTokens.Count > 0 ? [.. result.UnmatchedTokens] : ["--filter", "*"]));

var gate = new Command("gate", "Fails when a hot path allocates more than allocations.json allows.");
gate.SetAction(_ => AllocationGate.Run(Path.Combine(repository, "tests/OmniIoT.Benchmarks/allocations.json"), Console.Out));

var seconds = new Option<int>("--seconds") { Description = "Length of each run.", DefaultValueFactory = _ => 10 };
var connections = new Option<int>("--connections") { Description = "Connections, a device each.", DefaultValueFactory = _ => 100 };
var window = new Option<int>("--window") { Description = "Messages under way per connection.", DefaultValueFactory = _ => 100 };
var load = new Command("load", "Builds and starts the host, drives it at full speed, and mosquitto with the same generator.") { seconds, connections, window };
load.SetAction((result, cancellationToken) => LoadComparison.RunAsync(
    new LoadOptions
    {
        Host = new HostAddress("127.0.0.1", 0, new Uri("http://127.0.0.1/"), null),
        Duration = TimeSpan.FromSeconds(result.GetValue(seconds)),
        Connections = result.GetValue(connections),
        Window = result.GetValue(window),
    },
    repository,
    cancellationToken));

return await new RootCommand("Benchmarks of OmniIoT.") { bench, gate, load }.Parse(args).InvokeAsync();

static string FindRepository()
{
    for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
    {
        if (File.Exists(Path.Combine(folder, "OmniIoT.sln"))) return folder;
    }
    throw new InvalidOperationException("Run the benchmarks within the repository.");
}
