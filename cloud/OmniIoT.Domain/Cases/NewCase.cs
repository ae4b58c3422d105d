using OmniIoT.Devices.Time;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Cases;

/// <summary>A case that is to be opened.</summary>
/// <param name="Queue">Whose work it is.</param>
internal sealed record NewCase(string Title, CasePriority Priority, string Queue)
{
    /// <summary>Null: a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Whose trouble it is; null: nobody's.</summary>
    public string? CustomerId { get; init; }

    public string? DeviceId { get; init; }

    /// <summary>Of the device.</summary>
    public string? Model { get; init; }

    /// <summary>The alarms that it is about.</summary>
    public IReadOnlyList<string> AlarmIds { get; init; } = [];

    /// <summary>Of the knowledge base, which helps with it; null: none.</summary>
    public string? Article { get; init; }

    public required CaseOpener Opener { get; init; }

    /// <summary>Who opens it, as the timeline writes it.</summary>
    public required string Actor { get; init; }

    /// <summary>When it is opened.</summary>
    public required Instant At { get; init; }

    /// <summary>From when on its answer and its solution are due.</summary>
    public required Instant FirstSymptomAt { get; init; }

    /// <summary>What the timeline says beside its title.</summary>
    public Wording Why { get; init; }

    /// <summary>As somebody asked for it, now.</summary>
    public static NewCase Of(OpenCase request, Instant now) =>
        new(request.Title, request.Priority, request.Queue)
        {
            Id = request.Id,
            CustomerId = request.CustomerId,
            Opener = request.OpenedBy,
            Actor = request.Actor,
            At = now,
            FirstSymptomAt = now,
        };
}
