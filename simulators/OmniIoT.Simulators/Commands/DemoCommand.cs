using System.CommandLine;
using OmniIoT.Simulators.Demo;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>demo</c>: the town that the host's own <c>--demo</c> shows, against any host.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Command command = new("demo", "Seed a small town and let it live: a washer runs hot, a visitor gets an offer.");
        host.AddTo(command);
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    () =>
                    {
                        HostAddress address = host.Read(result);
                        return DemoRunner.RunAsync(
                            new DemoOptions(
                                address.Http,
                                address.MqttPort,
                                address.ApiKey ?? throw new SimulationException("Give the host's key by --api-key or OMNIIOT_API_KEY."),
                                result.GetValue(host.Seed)
                            ),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
