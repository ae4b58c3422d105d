using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Simulators.Channels;

/// <summary>Calls a host as providers do, with their proofs.</summary>
/// <param name="publicUrl">By what the host believes that the world knows it, without a slash at its end: addresses are signed.</param>
internal sealed class ProviderCaller(HttpClient http, string publicUrl)
{
    /// <summary>A mail as a mail server hands it over.</summary>
    public Task MailAsync(string text, CancellationToken cancellationToken) =>
        PostAsync(
            $"channels/{ChannelSeed.Mail}/inbound?token={ChannelSeed.Secret}",
            Encoding.UTF8.GetBytes(text),
            "message/rfc822",
            [],
            cancellationToken
        );

    /// <summary>What WhatsApp's Cloud API tells (developers.facebook.com/docs/whatsapp/cloud-api/webhooks).</summary>
    public Task WhatsAppAsync(string json, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        string proof = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ChannelSeed.Secret), body));
        return PostAsync(
            $"channels/{ChannelSeed.WhatsApp}/inbound",
            body,
            "application/json",
            [("X-Hub-Signature-256", proof)],
            cancellationToken
        );
    }

    /// <summary>What Twilio tells of messages and calls (twilio.com/docs/usage/security).</summary>
    /// <param name="part">Below the channel, such as <c>inbound</c> or <c>voice?turn=1</c>.</param>
    public async Task TwilioAsync(
        string channel,
        string part,
        IReadOnlyList<(string Name, string Value)> fields,
        CancellationToken cancellationToken
    )
    {
        string path = $"channels/{channel}/{part}";
        string signed = string.Concat(
            fields.OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => one.Name + one.Value)
        );
        using FormUrlEncodedContent form = new(fields.Select(static one => KeyValuePair.Create(one.Name, one.Value)));
        await PostAsync(
            path,
            await form.ReadAsByteArrayAsync(cancellationToken),
            "application/x-www-form-urlencoded",
            [("X-Twilio-Signature", Sign($"{publicUrl}/api/v1/{path}{signed}"))],
            cancellationToken
        );
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The provider's algorithm.")]
    private static string Sign(string signed) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(ChannelSeed.Secret), Encoding.UTF8.GetBytes(signed)));

    private async Task PostAsync(
        string path,
        byte[] body,
        string type,
        IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/{path}");
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException failure)
        {
            throw new SimulationException($"{path.Split('?')[0]} was not taken: {failure.Message}", failure);
        }
    }
}
