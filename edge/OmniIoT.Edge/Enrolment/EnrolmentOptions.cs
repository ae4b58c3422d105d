namespace OmniIoT.Edge.Enrolment;

/// <summary>How an agent without a secret registers itself.</summary>
internal sealed record EnrolmentOptions
{
    /// <summary>Of the platform's calls, as <c>https://cloud.example/api/v1</c>.</summary>
    public required Uri Url { get; init; }

    public required string Id { get; init; }

    /// <summary>Id of the device's model.</summary>
    public required string Model { get; init; }

    /// <summary>For people; null: none.</summary>
    public string? Name { get; init; }

    /// <summary>The enrolment's key, or the token that was made with it for this device.</summary>
    public required string Key { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Id} at {Url}";
}
