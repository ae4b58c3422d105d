using System.CommandLine;
using OmniIoT.Simulators.Channels;

namespace OmniIoT.Simulators.Commands;

/// <summary><c>channels</c>: e-mail, SMS, WhatsApp and calls with stand-ins of their providers.</summary>
internal static class ChannelsCommand
{
    public static Command Create()
    {
        HostOptions host = new();
        Option<int> seconds = BoundedOption.Create("--pause", "Seconds between one message and the next.", 5, 0, 3_600);
        Option<Uri?> publicUrl = new("--public-url") { Description = "The host's OmniIoT:PublicUrl, if it has one: addresses are signed." };
        Command command = new("channels", "Write by e-mail, WhatsApp and SMS, and call; take what agents answer, without the internet.")
        {
            seconds,
            publicUrl,
        };
        host.AddTo(command);
        command.SetAction(
            (result, cancellationToken) =>
                Shell.RunAsync(
                    () =>
                        new ChannelsRunner(
                            new ChannelsOptions(
                                host.Read(result),
                                result.GetValue(publicUrl),
                                TimeSpan.FromSeconds(result.GetValue(seconds))
                            ),
                            TimeProvider.System,
                            Console.WriteLine
                        ).RunAsync(cancellationToken),
                    cancellationToken
                )
        );
        return command;
    }
}
