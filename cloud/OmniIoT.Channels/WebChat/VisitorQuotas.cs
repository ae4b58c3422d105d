using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OmniIoT.Ports.Security;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.WebChat;

/// <summary>
/// What visitors may take of the house, who need not say who they are: so much each, from one address, and in all, so that no one of
/// them keeps the others out and all together leave room for the company.
/// </summary>
public sealed class VisitorQuotas(IAttempts attempts) : IDisposable
{
    private const string All = "";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A school class behind one address may come at once.
    private static readonly AttemptRule VisitorsOfAddress = new("visitor", 60, Minute);
    private static readonly AttemptRule Visitors = new("visitor-all", 600, Minute);

    // Nobody types faster than a line every two seconds.
    private static readonly AttemptRule MessagesOfVisitor = new("visitor-message", 30, Minute);
    private static readonly AttemptRule MessagesOfAddress = new("visitor-message-address", 300, Minute);
    private static readonly AttemptRule Messages = new("visitor-message-all", 6_000, Minute);

    // Who looks for something opens a page a second, for a while.
    private static readonly AttemptRule PagesOfVisitor = new("visitor-page", 60, Minute);
    private static readonly AttemptRule PagesOfAddress = new("visitor-page-address", 600, Minute);
    private static readonly AttemptRule Pages = new("visitor-page-all", 6_000, Minute);

    // A visit, as counters of sites have it.
    private static readonly AttemptRule LooksInVisit = new("visitor-look", 1, TimeSpan.FromMinutes(30));

    // A page each in some tabs; an office; what a small machine holds beside everything else.
    private readonly StreamLimits _streams = new(ofOne: 5, ofAddress: 100, inAll: 2_000);

    /// <summary>Counts a visitor who comes.</summary>
    /// <returns>How long they have to wait; null when they need not.</returns>
    public ValueTask<TimeSpan?> TakeVisitorAsync(string address) =>
        new Attempt(attempts, (VisitorsOfAddress, address), (Visitors, All)).TakeAsync();

    /// <summary>Counts a message that a visitor writes.</summary>
    /// <returns>How long they have to wait; null when they need not.</returns>
    public ValueTask<TimeSpan?> TakeMessageAsync(string address, Visitor visitor) =>
        new Attempt(attempts, (MessagesOfVisitor, visitor.CustomerId), (MessagesOfAddress, address), (Messages, All)).TakeAsync();

    /// <summary>Counts a page that a visitor looks at.</summary>
    /// <returns>How long they have to wait; null when they need not.</returns>
    public ValueTask<TimeSpan?> TakePageAsync(string address, Visitor visitor) =>
        new Attempt(attempts, (PagesOfVisitor, visitor.CustomerId), (PagesOfAddress, address), (Pages, All)).TakeAsync();

    /// <summary>
    /// Keeps that a visitor looks at a page, unless it was kept within half an hour. What was refused or failed may be kept again; where
    /// many come at once, later ones may be too.
    /// </summary>
    /// <param name="keep">Tells whether it was accepted.</param>
    /// <returns>False: it was refused.</returns>
    public async ValueTask<bool> LookAsync(Visitor visitor, string address, Func<ValueTask<bool>> keep)
    {
        Attempt look = new(attempts, (LooksInVisit, KeyOf(visitor, address)));
        (AttemptPlace place, bool isKept) = await look.JudgeAsync(keep, static isKept => isKept);
        // Rather twice than never.
        return place.IsBusy ? await keep() : place.Wait is not null || isKept;
    }

    /// <summary>Takes a place for a visitor's stream of events; disposing gives it back.</summary>
    /// <returns>Null when there is none.</returns>
    public IDisposable? TryOpenStream(HttpContext context, Visitor visitor) => _streams.TryOpen(context, visitor.CustomerId);

    public void Dispose() => _streams.Dispose();

    /// <summary>Short however long the address is: as many are remembered as visitors like.</summary>
    private static string KeyOf(Visitor visitor, string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor.CustomerId} {address}")));
}
