using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Cases;

/// <summary>The parts of the query that say which cases are meant, whatever their status.</summary>
internal sealed record CaseQuery
{
    [FromQuery(Name = "deviceId")]
    public string? DeviceId { get; init; }

    [FromQuery(Name = "customerId")]
    public string? CustomerId { get; init; }

    [FromQuery(Name = "assignee")]
    public string? Assignee { get; init; }

    [FromQuery(Name = "queue")]
    public string? Queue { get; init; }

    [FromQuery(Name = "priority")]
    public string? Priority { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }
}
