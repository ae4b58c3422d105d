using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Systems;

/// <summary>A help desk of another company that has the same cases as tickets.</summary>
public sealed record Integration
{
    public const string Zendesk = "zendesk";
    public const string Freshdesk = "freshdesk";

    /// <summary>Enough that no two help desks under one id have the same.</summary>
    private const int DigestBytes = 8;

    public required string Id { get; init; }

    /// <summary><see cref="Zendesk"/> or <see cref="Freshdesk"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The address of its API, without a slash at its end.</summary>
    public required string Endpoint { get; init; }

    /// <summary><c>user</c> and <c>token</c>, or <c>apiKey</c>; texts, or sealed as they are stored.</summary>
    public JsonObject Credentials { get; init; } = [];

    /// <summary>What its calls are proved by: a text, or sealed; null: it makes none, and is polled only.</summary>
    public JsonNode? Secret { get; init; }

    /// <summary>Whose cases become tickets; none: all. What begins there goes to the first.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>How often it is asked what changed; 0: never.</summary>
    public int PollSeconds { get; init; } = DefaultPollSeconds;

    public const int DefaultPollSeconds = 30;

    /// <summary>
    /// Names the help desk itself: what is stored of its tickets is of no other, though somebody writes another's address under the same
    /// id. Has one slash.
    /// </summary>
    public string Place
    {
        get
        {
            byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}\n{Endpoint}"));
            return $"{Id}/{Convert.ToHexStringLower(digest.AsSpan(0, DigestBytes))}";
        }
    }

    /// <summary>Whether its cases are those of a queue.</summary>
    public bool Has(string queue) => Queues.Count == 0 || Queues.Contains(queue);
}
