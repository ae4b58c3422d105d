namespace OmniIoT.Edge.Hardware;

/// <summary>Which output to switch.</summary>
public sealed record OutputSpec
{
    /// <summary>Names the output in desired properties, commands, reports and the metric <c>outputs.{id}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="OutputTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The line; for <c>pwm</c> and <c>buzzer</c> the channel of a PWM chip, as <c>pwmchip0</c>.</summary>
    public required LineSpec Line { get; init; }

    /// <summary>The state from the start until something else is asked, and the one that a stop leaves.</summary>
    public bool IsOnWhenIdle { get; init; }

    /// <summary>PWM: periods a second.</summary>
    public int FrequencyHertz { get; init; }

    /// <summary>PWM: the part of a period, 0 to 1, for which the channel is high while the output is on.</summary>
    public double Duty { get; init; } = 0.5;
}
