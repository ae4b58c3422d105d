namespace OmniIoT.Edge.Hardware;

/// <summary>One quantity that can be measured now.</summary>
public interface ISensor
{
    /// <summary>Name under which the reading is sent.</summary>
    string Metric { get; }

    /// <summary>UCUM code of the value, as <c>Cel</c>.</summary>
    string Unit { get; }

    /// <summary>
    /// Measures. False when the sensor is absent, reports a fault or says something that is no finite number; the next
    /// call tries afresh, so that a sensor which is plugged in later is found.
    /// </summary>
    bool TryRead(out double value);
}
