using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>
/// Calls providers over HTTP. It follows nobody elsewhere, waits 30 s, reads so much of an answer and no more, or a file of 20 MiB, and
/// throws for nothing that a provider does.
/// </summary>
/// <param name="admits">Which addresses may be connected to, whatever name led there; null: all.</param>
/// <param name="mostAnswerBytes">So much of an answer is read.</param>
public sealed class ProviderClient(
    TimeProvider time,
    Func<IPAddress, bool>? admits = null,
    int mostAnswerBytes = ProviderClient.UsualAnswerBytes
) : IDisposable
{
    /// <summary>What a provider says of one message.</summary>
    private const int UsualAnswerBytes = 256 * 1024;

    private const char ByteOrderMark = '\uFEFF';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A provider's address may change; a connection that is kept for ever would not see it.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(HandlerFor(admits)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request.</summary>
    public async ValueTask<ProviderAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            (string text, bool isCut) = await ReadAsync(response.Content, end.Token);
            return new ProviderAnswer(response.StatusCode, text, WaitOf(response.Headers.RetryAfter)) { IsCut = isCut };
        }
        catch (HttpRequestException error)
        {
            return new ProviderAnswer(null, error.Message, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderAnswer(null, $"It did not answer within {Patience.TotalSeconds} s.", null);
        }
    }

    /// <summary>Gets a file of at most <see cref="Attachment.MaximumBytes"/>.</summary>
    /// <param name="place">Taken before the file is read.</param>
    /// <exception cref="NoRoomException">There is no room for it.</exception>
    public async ValueTask<FetchedFile> FetchAsync(HttpRequestMessage request, MediaPlace place, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            if (response.Headers.Location is { } elsewhere && (int)response.StatusCode is >= 300 and < 400)
                return FetchedFile.Missing("it lies elsewhere than with the provider") with
                {
                    Elsewhere = new Uri(request.RequestUri!, elsewhere),
                };
            return response.IsSuccessStatusCode
                ? await ReadFileAsync(response.Content, place, end.Token)
                : FetchedFile.Missing($"the provider answered {(int)response.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return FetchedFile.Missing(error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FetchedFile.Missing($"it did not come within {Patience.TotalSeconds} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler HandlerFor(Func<IPAddress, bool>? admits)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime };
        if (admits is null)
            return handler;
        // Through a proxy it would be the proxy's address that is judged.
        handler.UseProxy = false;
        handler.ConnectCallback = (context, cancellationToken) =>
            AdmittedConnection.OpenAsync(context.DnsEndPoint, admits, cancellationToken);
        return handler;
    }

    private static async ValueTask<FetchedFile> ReadFileAsync(HttpContent content, MediaPlace place, CancellationToken cancellationToken)
    {
        FetchedFile tooLarge = FetchedFile.Missing($"it is larger than {Attachment.MaximumBytes >> 20} MiB");
        if (content.Headers.ContentLength > Attachment.MaximumBytes)
            return tooLarge;
        await place.TakeAsync(content.Headers.ContentLength, cancellationToken);
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using MemoryStream file = new((int)(content.Headers.ContentLength ?? 0));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (file.Length + read > Attachment.MaximumBytes)
                    return tooLarge;
                file.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return new FetchedFile(file.ToArray(), null);
    }

    /// <summary>
    /// The beginning of the answer, as UTF-8 whatever it calls itself: JSON is nothing else (RFC 8259, 8.1). What breaks off is as far as
    /// it came: the status has said what became of the call.
    /// </summary>
    private async ValueTask<(string Text, bool IsCut)> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // One more, by which it is seen that there is more.
        int most = mostAnswerBytes + 1;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(most);
        int length = 0;
        try
        {
            await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
            while (length < most)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(length, most - length), cancellationToken);
                if (read == 0)
                    break;
                length += read;
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            // Whoever ended it: the provider has taken or refused the call.
        }
        string text = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, mostAnswerBytes));
        ArrayPool<byte>.Shared.Return(buffer);
        return (text.TrimStart(ByteOrderMark), length > mostAnswerBytes);
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? said)
    {
        TimeSpan? wait = said?.Delta ?? said?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
