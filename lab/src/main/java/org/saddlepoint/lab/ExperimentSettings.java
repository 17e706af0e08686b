package org.saddlepoint.lab;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The settings of an experiment, read and changed by name. */
public final class ExperimentSettings {
    /**
     * One setting.
     *
     * @param name of the record's component
     * @param type double, int or an enum
     * @param description in one line
     * @param value what the experiment has
     */
    public record Value(String name, Class<?> type, String description, Object value) {}

    private ExperimentSettings() {}

    /** All settings, in the record's order. */
    public static List<Value> of(Experiment experiment) {
        List<Value> values = new ArrayList<>();
        for (RecordComponent component : components(experiment)) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                values.add(new Value(
                        component.getName(), component.getType(), setting.value(), read(component, experiment)));
            }
        }
        return values;
    }

    /**
     * The same experiment with other settings.
     *
     * @param changes new values by name, of the settings' types
     * @throws IllegalArgumentException if there is no such setting, or the experiment refuses a value
     */
    public static Experiment with(Experiment experiment, Map<String, ?> changes) {
        List<String> names = of(experiment).stream().map(Value::name).toList();
        for (String name : changes.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        experiment.name() + " has no setting \"" + name + "\"; it has " + names);
            }
        }
        RecordComponent[] components = components(experiment);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object changed = changes.get(components[i].getName());
            values[i] = changed != null ? changed : read(components[i], experiment);
        }
        try {
            Constructor<? extends Experiment> constructor = experiment
                    .getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make " + experiment.name(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + experiment.name(), e);
        }
    }

    private static RecordComponent[] components(Experiment experiment) {
        RecordComponent[] components = experiment.getClass().getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(experiment.getClass() + " must be a record");
        }
        return components;
    }

    private static Object read(RecordComponent component, Experiment experiment) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(experiment);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + experiment.name(), e);
        }
    }
}
