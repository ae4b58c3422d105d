using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Channels;

/// <param name="PublicUrl">The host's <c>OmniIoT:PublicUrl</c>; null: it has none.</param>
/// <param name="Pause">Between one message of the story and the next.</param>
public sealed record ChannelsOptions(HostAddress Host, Uri? PublicUrl, TimeSpan Pause);

/// <summary>
/// E-mail, SMS, WhatsApp and calls without the internet: sets channels up whose providers are stand-ins here, and has somebody write. What
/// agents answer arrives at the stand-ins until it is cancelled.
/// </summary>
public sealed class ChannelsRunner(ChannelsOptions options, TimeProvider time, Action<string> tell)
{
    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using StandInProvider provider = new(tell);
        await using StandInMailServer mail = new(tell);
        using (OmniApi api = new(options.Host))
            await ChannelSeed.PutAsync(api, provider.Address, mail.Port, cancellationToken);
        using HttpClient http = new() { BaseAddress = options.Host.Http };
        ProviderCaller caller = new(http, (options.PublicUrl ?? options.Host.Http).AbsoluteUri.TrimEnd('/'));
        await new ChannelStory(caller, options.Pause, time).RunAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }
}
