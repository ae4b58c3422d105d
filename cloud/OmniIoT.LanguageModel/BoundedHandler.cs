namespace OmniIoT.LanguageModel;

/// <summary>Reads no answer that is longer than a server of this kind has to give.</summary>
internal sealed class BoundedHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private const long LongestAnswer = 256 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
        return response;
    }
}
