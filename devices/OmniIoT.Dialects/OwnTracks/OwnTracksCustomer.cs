using System.Text;
using System.Text.Json;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.OwnTracks;

/// <summary>
/// OwnTracks as a customer's app, signed in as <c>customer:{id}</c> with an app token: its positions are the customer's. A customer
/// measures and is asked for nothing, so that the rest of what the app says means nothing.
/// </summary>
/// <param name="id">The customer's.</param>
public sealed class OwnTracksCustomer(string id) : MakerDevice(id)
{
    /// <summary>The app puts its user name there; some set the id alone.</summary>
    private readonly byte[][] _roots = [Encoding.UTF8.GetBytes($"owntracks/customer:{id}/"), Encoding.UTF8.GetBytes($"owntracks/{id}/")];

    /// <inheritdoc cref="OwnTracksPhone.Speaks"/>
    public override bool Speaks(ReadOnlySpan<byte> topic) =>
        topic.StartsWith(_roots[0]) || topic.StartsWith(_roots[1]) || topic.StartsWith("owntracks/+/+"u8);

    public override Meaning Read(string topic, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return new Meaning(); // It takes a retained message back.
        JsonElement body = MakerJson.ParseObject(payload);
        return body.Text("_type") switch
        {
            "location" => new Meaning().Located(OwnTracksBody.Location(body)),
            "encrypted" => Meaning.NotUnderstood("it is encrypted with a key that is not known here"),
            _ => new Meaning(),
        };
    }

    public override Said? Ask(string? child, OpenCommand command) => null;
}
