using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Systems;

/// <summary>Calls other systems, whose addresses people write down: those of private networks only where that is allowed.</summary>
public sealed class SystemsClient(TimeProvider time, SystemsOptions options) : IDisposable
{
    /// <summary>A hundred tickets with their people.</summary>
    private const int MostAnswerBytes = 4 * 1024 * 1024;

    private readonly ProviderClient _http = new(time, options.AllowPrivate ? null : PrivateAddresses.IsPublic, MostAnswerBytes);

    /// <inheritdoc cref="ProviderClient.SendAsync"/>
    public ValueTask<ProviderAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();
}
