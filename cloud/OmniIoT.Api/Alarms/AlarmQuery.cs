using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Alarms;

/// <summary>The parts of the query that say which alarms are meant.</summary>
internal sealed record AlarmQuery
{
    [FromQuery(Name = "deviceId")]
    public string? DeviceId { get; init; }

    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "severity")]
    public string? Severity { get; init; }

    [FromQuery(Name = "caseId")]
    public string? CaseId { get; init; }
}
