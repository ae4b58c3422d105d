using System.CommandLine;
using OmniIoT.Simulators.Shoppers;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>shoppers</c>: people with phones in a town of fences, beacons and campaigns.</summary>
internal static class ShoppersCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Option<int> shoppers = BoundedOption.Create("--shoppers", "People in town.", 10, 1, 100_000);
        Option<int> seconds = BoundedOption.Create("--seconds", "Length of the run (0: until Ctrl-C).", 0, 0, 10_000_000);
        Command command = new("shoppers", "Let shoppers walk past and into venues with offers.") { shoppers, seconds };
        host.AddTo(command);
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    () =>
                        new ShopperRunner(
                            new ShopperOptions(
                                host.Read(result),
                                result.GetValue(shoppers),
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
