using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Conversations;

/// <summary>The parts of the query that say which conversations are meant.</summary>
internal sealed record ConversationQuery
{
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "queue")]
    public string? Queue { get; init; }

    [FromQuery(Name = "assignee")]
    public string? Assignee { get; init; }

    [FromQuery(Name = "channel")]
    public string? Channel { get; init; }

    [FromQuery(Name = "customerId")]
    public string? CustomerId { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }
}
