namespace OmniIoT.Simulators;

/// <summary>A run that cannot go on, with a message for the person who started it.</summary>
public sealed class SimulationException : Exception
{
    public SimulationException(string message)
        : base(message) { }

    public SimulationException(string message, Exception inner)
        : base(message, inner) { }

    public SimulationException() { }
}
