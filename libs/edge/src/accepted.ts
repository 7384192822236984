import { entry } from '#kernel/keyed';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';
import { once } from './once.js';

/** One check of a property's value; false also where it cannot tell at once. */
type Check = (value: unknown, instance: object) => boolean;

interface PropertyPlan {
  readonly name: string;
  /** Where one of them says no, the property is not looked at. */
  readonly conditions: readonly Check[];
  readonly checks: readonly Check[];
}

/**
 * Whether class-validator would find nothing wrong with the instance, no property too many among it. Its decorators are read
 * once a class: `validate` looks through those of all classes for each object that it meets. What is not accepted here
 * `validate` is asked about, which says what is wrong with it.
 */
export function isAccepted(instance: object): boolean {
  const plan = planOf(instance.constructor);
  return Object.keys(instance).every((name) => plan.has(name)) && [...plan.values()].every((property) => isRight(property, instance));
}

function isRight({ name, conditions, checks }: PropertyPlan, instance: object): boolean {
  const value = entry(instance as Readonly<Record<string, unknown>>, name);
  return !conditions.every((holds) => holds(value, instance)) || checks.every((holds) => holds(value, instance));
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- class-validator's own type of a class
const planOf = once((type: Function): ReadonlyMap<string, PropertyPlan> => {
  const grouped = Map.groupBy(
    getMetadataStorage().getTargetValidationMetadatas(type, '', false, false),
    ({ propertyName }) => propertyName,
  );
  return new Map(
    [...grouped].map(([name, all]) => {
      const conditions = all.filter((one) => one.type === ValidationTypes.CONDITIONAL_VALIDATION);
      const others = all.filter((one) => one.type !== ValidationTypes.CONDITIONAL_VALIDATION && one.type !== ValidationTypes.WHITELIST);
      return [name, { name, conditions: conditions.map(conditionOf), checks: others.flatMap((one) => checksOf(type.name, one)) }];
    }),
  );
});

function conditionOf({ constraints }: Metadata): Check {
  const [holds] = constraints as [(instance: object, value: unknown) => boolean];
  return (value, instance) => holds(instance, value);
}

function checksOf(targetName: string, metadata: Metadata): readonly Check[] {
  if (metadata.type === ValidationTypes.NESTED_VALIDATION) return [isNestedAccepted];
  if (metadata.type !== ValidationTypes.CUSTOM_VALIDATION) return [() => false];
  const { propertyName: property, constraints, each, validateIf } = metadata;
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance: constraint }) => (value, instance) => {
      if (validateIf && !(validateIf as (instance: object, value: unknown) => boolean)(instance, value)) return true;
      const args: ValidationArguments = { targetName, property, object: instance, value, constraints: constraints as unknown[] };
      const isValid = (one: unknown) => constraint.validate(one, args) === true;
      return each && Array.isArray(value) ? value.every(isValid) : isValid(value);
    });
}

function isNestedAccepted(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(isNestedAccepted);
  return value instanceof Object && isAccepted(value);
}
