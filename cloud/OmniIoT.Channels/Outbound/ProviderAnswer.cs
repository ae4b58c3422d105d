using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>What a provider answered.</summary>
/// <param name="Status">Null: it was not reached, and the text says why.</param>
/// <param name="After">How long it wants to be left alone.</param>
public sealed record ProviderAnswer(HttpStatusCode? Status, string Text, TimeSpan? After)
{
    private const int MostWords = 300;

    /// <summary>Whether it was longer than is read, and the text is its beginning.</summary>
    public bool IsCut { get; init; }

    public bool IsSuccess => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    /// <summary>The answer's object; null when it is none.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Text) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>In words, for people.</summary>
    public string Why => Status is { } status ? $"{(int)status} {Beginning}" : Beginning;

    /// <summary>What became of a message that was refused: whether the next try may have another answer.</summary>
    public SendOutcome Failure =>
        Status switch
        {
            null => new SendOutcome.NotNow(Why),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new SendOutcome.NotNow(Why, After),
            // Credentials are put right by people, and then it goes.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SendOutcome.NotNow(Why, After),
            _ => new SendOutcome.Refused(Why),
        };

    private string Beginning => TextCut.Beginning(Text, MostWords).Trim();
}
