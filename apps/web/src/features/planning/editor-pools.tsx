'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { isPublished, useEditor } from './editor-context.tsx';
import { emptyPool, type PoolForm } from './event-form.ts';
import { withPool } from './event-form-steps.ts';

const fields = [
  { name: 'nameKo', path: 'name.ko', label: 'nameKo' },
  { name: 'nameEn', path: 'name.en', label: 'nameEn' },
  { name: 'grade', path: 'grade', label: 'grade' },
  { name: 'quantity', path: 'quantity', label: 'quantity' },
  { name: 'price', path: 'price', label: 'price' },
] as const;

/** The standing areas, one to fifty. */
export function EditorPools(): ReactNode {
  const t = useTranslations('planning.editor');
  const { form, errors, update } = useEditor();
  return (
    <div className="grid gap-3">
      {errors['pools'] !== undefined && <p className="text-sm font-medium text-bad">{errors['pools']}</p>}
      {form.pools.map((pool, index) => (
        <Pool key={pool.key} pool={pool} index={index} />
      ))}
      {form.pools.length < 50 && (
        <div>
          <Button
            tone="secondary"
            onClick={() => update({ ...form, pools: [...form.pools, emptyPool(form.pools)] }, 'pools')}
          >
            {t('pool.add')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Pool({ pool, index }: { readonly pool: PoolForm; readonly index: number }): ReactNode {
  const t = useTranslations('planning.editor');
  const { form, errors, event, update } = useEditor();
  const standing = isPublished(event) ? event?.pools.find(({ grade }) => grade === pool.grade) : undefined;
  const hints = {
    grade: t('pool.gradeHint'),
    quantity: standing === undefined ? undefined : t('fixed.quantity', { quantity: standing.quantity }),
  };
  const remove = () => {
    const touched = Object.keys(errors).filter((path) => path.startsWith('pools'));
    update({ ...form, pools: form.pools.filter(({ key }) => key !== pool.key) }, ...touched);
  };
  return (
    <fieldset className="grid gap-3 rounded-control border border-rule p-4">
      <legend className="px-1 text-sm font-semibold">{t('pool.title', { number: index + 1 })}</legend>
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {fields.map(({ name, path, label }) => (
          <Field
            key={name}
            name={`pools.${index}.${path}`}
            autoComplete="off"
            label={t(`pool.${label}`)}
            hint={name === 'grade' || name === 'quantity' ? hints[name] : undefined}
            error={errors[`pools.${index}.${path}`]}
            disabled={name === 'grade' && standing !== undefined}
            {...(name === 'quantity' || name === 'price' ? { inputMode: 'numeric' as const } : {})}
            value={pool[name]}
            onChange={(change) => {
              const typed = change.target.value;
              const value = name === 'grade' ? typed.toUpperCase() : typed;
              update(withPool(form, index, { [name]: value }), `pools.${index}.${path}`);
            }}
          />
        ))}
      </div>
      {standing === undefined ? (
        <div>
          <Button tone="quiet" onClick={remove}>
            {t('pool.remove', { number: index + 1 })}
          </Button>
        </div>
      ) : (
        <p className="text-sm text-muted">{t('fixed.pool')}</p>
      )}
    </fieldset>
  );
}
