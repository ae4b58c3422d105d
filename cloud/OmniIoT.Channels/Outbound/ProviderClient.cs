using System.Net.Http.Headers;

namespace OmniIoT.Channels.Outbound;

/// <summary>
/// Calls providers over HTTP. It follows nobody elsewhere, waits 30 s, reads at most 256 KiB of an answer, and throws for nothing that a
/// provider does.
/// </summary>
public sealed class ProviderClient(TimeProvider time) : IDisposable
{
    private const int MostAnswerBytes = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A provider's address may change; a connection that is kept for ever would not see it.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }
    )
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostAnswerBytes,
    };

    /// <summary>Sends a request.</summary>
    public async ValueTask<ProviderAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ProviderAnswer(response.StatusCode, text, WaitOf(response.Headers.RetryAfter));
        }
        catch (HttpRequestException error)
        {
            return new ProviderAnswer(null, error.Message, null);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderAnswer(null, $"It did not answer within {Patience.TotalSeconds} s.", null);
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? WaitOf(RetryConditionHeaderValue? said)
    {
        TimeSpan? wait = said?.Delta ?? said?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
