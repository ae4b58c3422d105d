using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// A help desk as far as tickets, comments, their people and what changed go. Its clock is its own: each change is a second later than
/// the one before, unless a test says when.
/// </summary>
/// <param name="user">By which it is signed in to.</param>
public abstract class HelpDeskServer(string user, string password) : ProviderServer
{
    private readonly string _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    private const string BrokenError = "Broken";

    private readonly Lock _lock = new();
    private readonly List<HeldTicket> _tickets = [];
    private long _next = 1000;

    /// <summary>The tickets that there are, as they are now.</summary>
    public IReadOnlyList<HeldTicket> Tickets
    {
        get
        {
            lock (_lock)
                return [.. _tickets];
        }
    }

    /// <summary>Somebody writes to the help desk.</summary>
    /// <param name="at">Null: now.</param>
    public HeldTicket Write(string email, string name, string subject, string text, Instant? at = null) =>
        Locked(() => Add(new HeldTicket(Next(), subject, text) { Requester = PersonOf(email, name), UpdatedAt = at ?? Now() }));

    /// <summary>An agent there sets how far a ticket is.</summary>
    /// <param name="at">Null: now.</param>
    public void Set(HeldTicket ticket, TicketStatus status, Instant? at = null) =>
        Locked(() =>
        {
            ticket.Status = status;
            ticket.UpdatedAt = at ?? Now();
            return ticket;
        });

    /// <summary>An agent there puts a tag to a ticket, or takes all away.</summary>
    public void Tag(HeldTicket ticket, params string[] tags) =>
        Locked(() =>
        {
            ticket.Tags.Clear();
            ticket.Tags.AddRange(tags);
            return ticket;
        });

    /// <summary>So many of the next calls about a ticket fail on the help desk's side.</summary>
    public void Break(HeldTicket ticket, int calls) =>
        Locked(() =>
        {
            ticket.Failures = calls;
            return ticket;
        });

    /// <summary>Somebody there says something in a ticket.</summary>
    public void Say(HeldTicket ticket, string text, bool isPublic = true, bool isByRequester = false) =>
        Locked(() =>
        {
            ticket.Comments.Add(new HeldComment(Next(), text, isPublic, isByRequester, Now(), null));
            ticket.UpdatedAt = Now();
            return ticket;
        });

    protected override HttpStatusCode StatusOf(JsonNode answer) =>
        answer is JsonObject json && json["error"] is { } error
            ? (string?)error == BrokenError
                ? HttpStatusCode.InternalServerError
                : HttpStatusCode.NotFound
            : HttpStatusCode.OK;

    protected sealed override JsonNode? Answer(ProviderCall call)
    {
        if (call.Headers.GetValueOrDefault("Authorization") != _authorization)
            return null;
        Dictionary<string, string> query = QueryHelpers
            .ParseQuery(call.Query)
            .ToDictionary(static one => one.Key, static one => one.Value.ToString(), StringComparer.Ordinal);
        lock (_lock)
        {
            string[] path = call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[2..];
            return IsBroken(path) ? new JsonObject { ["error"] = BrokenError } : Answer(call, path, query);
        }
    }

    private bool IsBroken(string[] path) =>
        path is ["tickets", var id, ..] && Find(id.Split('.')[0]) is { Failures: > 0 } ticket && ticket.Failures-- > 0;

    /// <param name="path">Behind <c>/api/v2</c>.</param>
    protected abstract JsonNode Answer(ProviderCall call, string[] path, IReadOnlyDictionary<string, string> query);

    protected static JsonObject Missing => new() { ["error"] = "RecordNotFound" };

    protected HeldTicket? Find(string id) => _tickets.Find(ticket => ticket.Id.ToString(CultureInfo.InvariantCulture) == id);

    protected HeldTicket Add(HeldTicket ticket)
    {
        _tickets.Add(ticket);
        return ticket;
    }

    protected long Next() => ++_next;

    /// <summary>A whole second, as help desks write it.</summary>
    protected static Instant Now()
    {
        long seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new Instant(seconds * 1000);
    }

    protected HeldPerson PersonOf(string? email, string? name)
    {
        HeldPerson? known = email is null ? null : _tickets.Select(static one => one.Requester).FirstOrDefault(one => one?.Email == email);
        return known ?? new HeldPerson(Next(), name, email);
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
            return work();
    }
}

public sealed record HeldPerson(long Id, string? Name, string? Email);

/// <param name="Key">What whoever wrote it by program calls it; null: nothing.</param>
public sealed record HeldComment(long Id, string Text, bool IsPublic, bool IsByRequester, Instant At, string? Key);

/// <summary>A ticket as a help desk has it.</summary>
public sealed class HeldTicket(long id, string subject, string text)
{
    public long Id { get; } = id;

    public string Subject { get; } = subject;

    public string Text { get; } = text;

    public TicketStatus Status { get; set; } = TicketStatus.Open;

    public CasePriority Priority { get; set; } = CasePriority.Normal;

    public List<string> Tags { get; } = [];

    public HeldPerson? Requester { get; set; }

    public List<HeldComment> Comments { get; } = [];

    public Instant UpdatedAt { get; set; }

    /// <summary>So many of the next calls about it fail.</summary>
    public int Failures { get; set; }

    /// <summary>What whoever made it by program calls it; null: nothing.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether it takes nothing any more, where the help desk has such tickets.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The key of the call that made it; null: none.</summary>
    public string? MadeBy { get; set; }
}
