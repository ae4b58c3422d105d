using System.CommandLine;
using OmniIoT.Simulators.Fleet;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>fleet</c>: products that work, wear out and report.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Option<int> devices = BoundedOption.Create(
            "--devices",
            "Products: washers, espresso machines, cold rooms, presses, scanners in turn.",
            20,
            1,
            100_000
        );
        Option<int> interval = BoundedOption.Create("--interval", "Seconds between two reports of a product.", 2, 1, 3600);
        Option<int> seconds = BoundedOption.Create("--seconds", "Length of the run (0: until Ctrl-C).", 0, 0, 10_000_000);
        Command command = new("fleet", "Run a fleet of simulated products with owners.") { devices, interval, seconds };
        host.AddTo(command);
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    () =>
                        new FleetRunner(
                            new FleetOptions(
                                host.Read(result),
                                result.GetValue(devices),
                                TimeSpan.FromSeconds(result.GetValue(interval)),
                                BoundedOption.Duration(result.GetValue(seconds)),
                                result.GetValue(host.Seed)
                            ),
                            TimeProvider.System,
                            Console.Error
                        ).RunAsync(cancellationToken),
                    cancellationToken
                )
        );
        return command;
    }
}
