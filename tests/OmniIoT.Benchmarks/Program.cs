using System.CommandLine;
using BenchmarkDotNet.Running;
using OmniIoT.Benchmarks;
using OmniIoT.Processes;
using OmniIoT.Simulators;

var stopping = StopSignal.Listen();
var repository = FindRepository();

var bench = new Command(
    "bench",
    "BenchmarkDotNet over codec, rules and fences; further arguments are its own."
)
{
    TreatUnmatchedTokensAsErrors = false,
};
bench.SetAction(result =>
{
    using var stop = EndWhenStopped();
    BenchmarkSwitcher
        .FromAssembly(typeof(HotPathBenchmarks).Assembly)
        .Run(result.UnmatchedTokens.Count > 0 ? [.. result.UnmatchedTokens] : ["--filter", "*"]);
});

var gate = new Command(
    "gate",
    "Fails when a hot path allocates more than allocations.json allows."
);
gate.SetAction(_ =>
{
    using var stop = EndWhenStopped();
    return AllocationGate.Run(
        Path.Combine(repository, "tests/OmniIoT.Benchmarks/allocations.json"),
        Console.Out
    );
});

var seconds = new Option<int>("--seconds")
{
    Description = "Length of each run.",
    DefaultValueFactory = _ => 10,
};
var connections = new Option<int>("--connections")
{
    Description = "Connections, a device each.",
    DefaultValueFactory = _ => 100,
};
var window = new Option<int>("--window")
{
    Description = "Messages under way per connection.",
    DefaultValueFactory = _ => 100,
};
var rate = new Option<int>("--rate")
{
    Description =
        "Messages per second over all connections, evenly; latency counts from the time that each is due. 0: as many as the server takes.",
    DefaultValueFactory = _ => 0,
};
var devices = new Option<int>("--devices")
{
    Description =
        "Sparse: so many devices in this process, each message another's, without sockets. 0: connections.",
    DefaultValueFactory = _ => 0,
};
var load = new Command(
    "load",
    "Builds and starts the host, drives it at full speed, and mosquitto with the same generator."
)
{
    seconds,
    connections,
    window,
    rate,
    devices,
};
load.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                result.GetValue(devices) is > 0 and var many
                    ? SparseLoad.RunAsync(
                        many,
                        TimeSpan.FromSeconds(result.GetValue(seconds)),
                        cancellationToken
                    )
                    : LoadComparison.RunAsync(
                        new LoadOptions
                        {
                            Host = new HostAddress(
                                "127.0.0.1",
                                0,
                                new Uri("http://127.0.0.1/"),
                                null
                            ),
                            Duration = TimeSpan.FromSeconds(result.GetValue(seconds)),
                            Connections = result.GetValue(connections),
                            Window = result.GetValue(window),
                            Rate = result.GetValue(rate),
                            Paced = result.GetValue(rate) > 0,
                        },
                        repository,
                        cancellationToken
                    ),
            cancellationToken
        )
);

var fanIn = new Command(
    "fan-in",
    "QoS 0 from many publishers to one subscriber: laboratory mode beside mosquitto."
)
{
    seconds,
    connections,
};
fanIn.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                FanInComparison.RunAsync(
                    result.GetValue(connections),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

var held = new Option<int>("--connections")
{
    Description = "Connections that say nothing.",
    DefaultValueFactory = _ => 10_000,
};
var idle = new Command(
    "idle",
    "Memory and CPU of connections that say nothing, beside mosquitto's."
)
{
    seconds,
    held,
};
idle.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                IdleConnections.RunAsync(
                    result.GetValue(held),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

// Without its own handling of signals: it begins once the action runs, ends before the process does, and cuts short in between.
return await new RootCommand("Benchmarks of OmniIoT.") { bench, gate, load, fanIn, idle }
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stopping);

// For what knows no cancellation and has nothing to keep.
CancellationTokenRegistration EndWhenStopped() =>
    stopping.Register(static () => Environment.Exit(0));

static string FindRepository()
{
    for (
        var folder = AppContext.BaseDirectory;
        folder is not null;
        folder = Path.GetDirectoryName(folder)
    )
    {
        if (File.Exists(Path.Combine(folder, "OmniIoT.sln")))
            return folder;
    }
    throw new InvalidOperationException("Run the benchmarks within the repository.");
}
